import { existsSync } from 'node:fs';
import { z } from 'zod';
import { jurisdictionCode } from '#domain/shared/codes.ts';
import { DataError } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

const address = z.string().regex(/^[^\s@<>,;:"]+@[^\s@<>,;:"]+$/, 'a mail address such as office@example.cn').max(200);

/** 通知邮箱 of a deployment, by place: of the office, and of institutions by their id. What is not named gets no mail. */
export const notifyAddresses = z.record(jurisdictionCode, z.strictObject({ office: address.nullable(), institutions: z.record(z.uuid(), address) }));
export type NotifyAddresses = z.infer<typeof notifyAddresses>;

/** Reads the deployment's own file; empty where there is none. Throws DataError with a sentence for each wrong value. */
export function loadNotifyAddresses(file: string): NotifyAddresses {
  if (!existsSync(file)) return {};
  const { value, problems } = readJson(file, 'notify.json', notifyAddresses);
  if (value === undefined) throw new DataError(problems);
  return value;
}
