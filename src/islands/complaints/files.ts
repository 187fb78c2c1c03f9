import { complaintText as words } from '#text/complaintForm.ts';
import { sizeText } from '#text/complaintFiles.ts';

const mostFiles = 9;
const mostBytes = 10 * 1024 * 1024;
const mostTogether = 40 * 1024 * 1024;
const pictures = ['image/jpeg', 'image/png', 'image/webp'];

const faultOf = (file: File): string | null => {
  if (/\.hei[cf]$/i.test(file.name) || /hei[cf]/.test(file.type)) return words.fileHeic;
  if (![...pictures, 'application/pdf'].includes(file.type)) return words.fileType;
  return file.size > mostBytes ? words.fileTooBig : null;
};

/** A small picture, drawn here: the page loads nothing but its own files. */
const thumbnail = (file: File): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 112, height: 112 });
  createImageBitmap(file).then((picture) => {
    const side = Math.min(picture.width, picture.height);
    canvas.getContext('2d')?.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
    picture.close();
  }, () => { canvas.remove(); });
  return canvas;
};

const row = (file: File): HTMLLIElement => {
  const item = document.createElement('li');
  const fault = faultOf(file);
  const picture = pictures.includes(file.type) && fault === null ? thumbnail(file) : document.createElement('span');
  const name = document.createElement('span');
  name.textContent = `${file.name}（${sizeText(file.size)}）`;
  if (fault !== null) {
    const said = document.createElement('span');
    said.className = 'complaint-files__fault';
    said.textContent = fault;
    name.append(said);
  }
  item.append(picture, name);
  return item;
};

/** 照片预览: what was chosen, with sizes, and what cannot be sent, said before anything is sent. */
export const watchFiles = (field: HTMLElement): void => {
  const input = field.querySelector<HTMLInputElement>('input[type="file"]');
  if (!input) return;
  const list = document.createElement('ul');
  list.className = 'complaint-files';
  const together = document.createElement('p');
  together.className = 'field__hint';
  together.setAttribute('role', 'status');
  input.after(list, together);
  input.addEventListener('change', () => {
    const files = [...input.files ?? []];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    list.replaceChildren(...files.slice(0, 2 * mostFiles).map(row));
    together.textContent = files.length > mostFiles ? words.fileTooMany : size > mostTogether ? words.fileAllTooBig : '';
  });
};
