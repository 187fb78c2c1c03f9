import { createHash } from 'node:crypto';

/** Namespace of this project's institutions; changing it would break every bookmark. */
const institutionNamespace = '7d3c1c5e-52b1-5b0e-9a44-0d7a0f6a2b11';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** UUID v5 of a name inside a namespace (RFC 9562 §5.5: SHA-1, version and variant bits set). */
export const uuidV5 = (namespace: string, name: string): string => {
  if (!uuidPattern.test(namespace)) throw new Error(`uuidV5: the namespace is no UUID: "${namespace}"`);
  const digest = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name, 'utf8').digest();
  const bytes = digest.subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** What tells one institution from another: its credit code, else the file and row it was read from. */
export type InstitutionIdentity = {
  readonly jurisdiction: string;
  readonly creditCode: string | null;
  /** File name without folder, so that the id does not depend on where the file lies. */
  readonly sourceFile: string;
  readonly rowKey: string;
};

/** The lasting id of an institution: the same credit code in the same jurisdiction always gives the same id. */
export const institutionId = ({ jurisdiction, creditCode, sourceFile, rowKey }: InstitutionIdentity): string =>
  uuidV5(institutionNamespace, creditCode === null ? `${jurisdiction}|${sourceFile}|${rowKey}` : `${jurisdiction}|${creditCode}`);
