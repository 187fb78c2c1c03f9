import { basename, join } from 'node:path';
import { caseTerms, type CaseTerms } from '#domain/complaints/deadlines.ts';
import { complaintQuestions, questionFaults, type ComplaintQuestions } from '#domain/complaints/questions.ts';
import { stopOn } from '#storage/files/dataError.ts';
import { readJson } from '#storage/files/readJson.ts';

/** 期限 from `data/complaints/terms.json`; else one DataError with all sentences. */
export const loadCaseTerms = (dataDir: string): CaseTerms => {
  const { value, problems } = readJson(join(dataDir, 'complaints', 'terms.json'), `${basename(dataDir)}/complaints/terms.json`, caseTerms);
  stopOn(problems);
  if (value === undefined) throw new Error('terms without a value or a problem');
  return value;
};

/** 补充问题 from `data/complaints/questions.json`; else one DataError with all sentences. */
export const loadComplaintQuestions = (dataDir: string): ComplaintQuestions => {
  const label = `${basename(dataDir)}/complaints/questions.json`;
  const { value, problems } = readJson(join(dataDir, 'complaints', 'questions.json'), label, complaintQuestions);
  stopOn([...problems, ...(value === undefined ? [] : questionFaults(value).map((fault) => `${label}, key subjects.${fault}`))]);
  if (value === undefined) throw new Error('questions without a value or a problem');
  return value;
};
