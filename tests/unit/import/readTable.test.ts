import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { readTable, tableLimits, type TableRow } from '#storage/files/readTable.ts';

const rowsOf = async (bytes: Uint8Array): Promise<readonly TableRow[]> => {
  const rows: TableRow[] = [];
  for await (const row of (await readTable(bytes)).rows) rows.push(row);
  return rows;
};
const csv = (text: string): Promise<readonly TableRow[]> => rowsOf(Buffer.from(text));

test('a row is named by the line it begins on, however many lines its cells take', async () => {
  expect(await csv('a,b\r\n1,"x\r\ny\r\nz"\r\n\r\n , \r\n2,3\n"p\rq",4\n5,6')).toEqual([
    { line: 2, cells: ['1', 'x\ny\nz'] }, { line: 7, cells: ['2', '3'] }, { line: 8, cells: ['p\nq', '4'] }, { line: 10, cells: ['5', '6'] },
  ]);
});

test('a quotation mark that is never closed is named by the line it is opened on', async () => {
  await expect(csv('a,b\n1,2\n3,"x\n4,5\n')).rejects.toThrow('line 3: a quotation mark is opened here');
  await expect(csv('a,b\n1,2\n3,x"y\n')).rejects.toThrow('line 3: a quotation mark stands where it may not');
});

test('UTF-8 that is cut in the middle of a character is not taken for GB18030', async () => {
  const whole = Buffer.from('name,address\n示例小森林托育园,示例路\n示例暖芽托育园,示例路十二号');
  await expect(rowsOf(whole.subarray(0, -1))).rejects.toThrow('line 3: the UTF-8 text is cut or damaged here');
});

test.each([
  ['nothing', Buffer.alloc(0), 'the file is empty'],
  ['UTF-16', Buffer.from('\uFEFFa,b', 'utf16le'), 'UTF-16'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'old .xls'],
  ['a cut workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 0, 0]), 'not a whole XLSX workbook'],
  ['bytes that are no text', Buffer.from([0x61, 0xff, 0xff, 0x80, 0x0a]), 'neither UTF-8 nor GB18030'],
])('%s is refused by name', async (_what, bytes, message) => {
  await expect(readTable(bytes)).rejects.toThrow(message);
});

test('a workbook gives text: days without a clock, numbers as written, codes untouched', async () => {
  const sheet = [
    [{ value: 'name', type: String }, { value: 'day', type: String }, { value: 'amount', type: String }, { value: 'open', type: String }],
    [{ value: '示例小森林托育园', type: String }, { value: new Date(Date.UTC(2024, 8, 28)), type: Date, format: 'yyyy-mm-dd' }, { value: 1980.5, type: Number }, { value: true, type: Boolean }],
    [],
    [{ value: '示例暖芽托育园', type: String }, null, { value: 7, type: Number }, null],
  ];
  expect(await rowsOf(await writeXlsx(sheet).toBuffer())).toEqual([
    { line: 2, cells: ['示例小森林托育园', '2024-09-28', '1980.5', 'yes'] }, { line: 4, cells: ['示例暖芽托育园', '', '7', ''] },
  ]);
});

/** A ZIP of one deflated part that states a size of its own choosing. */
const zipOf = (content: Buffer, stated: number): Buffer => {
  const [name, packed] = [Buffer.from('xl/worksheets/sheet1.xml'), deflateRawSync(content)];
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(stated, 22);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(stated, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(46 + name.length, 12);
  end.writeUInt32LE(30 + name.length + packed.length, 16);
  return Buffer.concat([local, name, packed, entry, name, end]);
};

test('a workbook that unpacks to too much is refused before it is unpacked', async () => {
  await expect(readTable(zipOf(Buffer.from('x'), tableLimits.unpackedBytes + 1))).rejects.toThrow('the workbook unpacks to 121 MB');
});

test('a workbook that states less than it holds is refused', async () => {
  await expect(readTable(zipOf(Buffer.alloc(5_000_000), 1_000))).rejects.toThrow('unpacks to more than it states');
});

/** A ZIP of parts as they are. */
function storedZip(parts: Readonly<Record<string, string>>): Buffer {
  const [locals, entries]: [Buffer[], Buffer[]] = [[], []];
  for (const [part, text] of Object.entries(parts)) {
    const [name, content] = [Buffer.from(part), Buffer.from(text)];
    const sizes = Buffer.alloc(12);
    sizes.writeUInt32LE(crc32(content), 0);
    sizes.writeUInt32LE(content.length, 4);
    sizes.writeUInt32LE(content.length, 8);
    const length = Buffer.alloc(4);
    length.writeUInt16LE(name.length, 0);
    const at = Buffer.alloc(4);
    at.writeUInt32LE(locals.reduce((sum, { length: size }) => sum + size, 0), 0);
    entries.push(Buffer.concat([Buffer.from('504b0102140014000000000000000000', 'hex'), sizes, length, Buffer.alloc(10), at, name]));
    locals.push(Buffer.concat([Buffer.from('504b030414000000000000000000', 'hex'), sizes, length, name, content]));
  }
  const [body, index, end] = [Buffer.concat(locals), Buffer.concat(entries), Buffer.alloc(22)];
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, index, end]);
}

test('an entity that a workbook declares is neither looked up nor repeated', async () => {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const secret = join(import.meta.dirname, 'readTable.test.ts');
  const workbook = (declared: string, cell: string): Buffer => storedZip({
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    'xl/workbook.xml': `<?xml version="1.0"?><workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `<?xml version="1.0"?>${declared}<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>${cell}</t></is></c></row></sheetData></worksheet>`,
  });
  const read = async (declared: string, cell: string): Promise<string> => rowsOf(workbook(declared, cell)).then((rows) => JSON.stringify(rows), (fault: unknown) => String(fault));
  expect(await read('', 'plain')).toContain('plain');
  expect(await read(`<!DOCTYPE t [<!ENTITY x SYSTEM "file://${secret}">]>`, '&x;')).not.toContain('deflateRawSync');
  const many = Array.from({ length: 12 }, (_, at) => `<!ENTITY e${String(at + 1)} "${`&e${String(at)};`.repeat(10)}">`).join('');
  const began = performance.now();
  expect((await read(`<!DOCTYPE t [<!ENTITY e0 "ha">${many}]>`, '&e12;')).length).toBeLessThan(1_000);
  expect(performance.now() - began).toBeLessThan(5_000);
});
