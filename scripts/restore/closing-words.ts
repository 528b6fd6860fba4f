import type { Declared } from './declare.ts'
import type { Restored } from './restore-backup.ts'

/** What the operator has to know and do, once the rows are back: what is missing, what came back that was taken away, whom to tell. */
export function closingWords({ manifest, concerns, where, putAside, ...declared }: Restored): string[] {
  return [
    '',
    `  Put back: the state of ${manifest.madeOn}, with ${concerns === 1 ? 'one concern' : `${concerns} concerns`}. ${where}.`,
    ...(putAside === null ? [] : [`  An older database of this folder was set aside in ${putAside}.`]),
    ...declaredWords(manifest.madeOn, declared),
  ]
}

/** The same where an operator put the rows back. */
export function declaredWords(copyOn: string, { number, kept, outside, missing, newerList }: Declared): string[] {
  return [
    `  The log holds its first ${kept} entries and declares this as restore ${number}. Every checkpoint says so from now on.`,
    missing === null
      ? '  How many entries are missing nobody could say here: no checkpoint from outside was given. An auditor who holds one can.'
      : `  A checkpoint known outside has ${outside?.size ?? kept} entries: ${missing} of them are missing here.`,
    ...(outside === null
      ? [
          `  This is restore ${number} as far as this copy knows. If the log was put back before, from a copy as old as this, that number stands for two`,
          '  pasts, and a checkpoint of the other one will look like tampering: then put it back once more, with that checkpoint as --outside.',
        ]
      : []),
    ...(outside !== null && !outside.signed ? ['  That checkpoint was a line without a signature, believed on your word.'] : []),
    ...(newerList === null
      ? []
      : [
          `  The list of readers is older than list ${newerList}, which was in force before. Let the guardians look at it before you open.`,
        ]),
    '',
    `  What was done after ${copyOn} is gone, and what it took away is back. Before you open the door, go through this with the guardians:`,
    '    - people who left or were taken off the list; conflicts that were declared: declare them again',
    '    - passwords, second factors and recovery codes are those of that day, and so are reporters’ codes',
    '    - steps, messages and notes of those days: what somebody remembers, they write again',
    '  The first page tells people who wrote in those days to look with their code, or to tell you again.',
    '',
    `  Then: npm start. Tell the auditor and the witnesses that restore ${number} was declared.`,
    '',
  ]
}
