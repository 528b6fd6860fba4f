import { words as staff } from '../../../staff/words.en.ts'
import type { CheckVerdict, ComparedAs } from '../../../../audit/index.ts'

const keepAll =
  'Change nothing. Download the whole log now and write down when. Keep your older checkpoints. Tell whoever else holds some (board secretary, staff side, witnesses) and compare with them, before you speak to whoever runs the service.'

const whatNow: Record<CheckVerdict, string> = {
  whole: 'Write down the number of entries and the key below, or keep the bundle, so that nobody can show you another past next time.',
  tampered: keepAll,
  unusable: 'Check again. If it happens twice, download the bundle and run the verifier yourself.',
  incomplete: `A part of the log could not be read. Check again. If the same is missing twice, treat it as tampering. ${keepAll}`,
  restored:
    'Ask why a restore was needed and what was lost, and compare the day with what people remember. People who raised something in those days should be told to look with their code, or to raise it again.',
  not_finished:
    'Check again. If it happens twice, download the bundle and run the verifier yourself. If the bundle cannot be downloaded either, treat it as tampering.',
}

const compared: Record<ComparedAs, { readonly heading: string; readonly text: (theirs: string, ours: string) => string }> = {
  same_line: {
    heading: 'The same line of history',
    text: (theirs, ours) =>
      `The log of ${ours} entries goes on from exactly the ${theirs} entries that your checkpoint is of. Whether each text still gives its hash is what the check of the whole log tells.`,
  },
  before_restore: {
    heading: 'An older line, before a restore',
    text: (theirs) =>
      `Your checkpoint is genuine, and of a line of ${theirs} entries that the log left when it was put back to a backup. The log declares that restore itself. Ask what was lost.`,
  },
  does_not_fit: {
    heading: 'It does not fit',
    text: (theirs, ours) =>
      `Your checkpoint carries this log’s signature, is of ${theirs} entries, and the log of ${ours} entries does not begin with them. The past was changed, and no restore explains it. ${keepAll}`,
  },
  not_ours: {
    heading: 'Not signed by this log',
    text: () =>
      `No key of this log made a signature on it that holds. First see that you gave the whole of it, to the letter. Its first line is the name of its log, and the key below begins with the name of this one: where they differ, it is another log’s. Where they are the same, it was changed after it was signed, or forged. If you kept it yourself, take that for tampering. ${keepAll}`,
  },
  malformed: {
    heading: 'This is not a checkpoint',
    text: () =>
      'It cannot be read as one. Paste the whole note: the name of the log, the number of entries, the root, an empty line, and the lines that begin with a long dash.',
  },
  nothing_signed: { heading: 'Nothing to compare with', text: () => 'This log has no signed checkpoint yet.' },
}

export const words = {
  title: 'Check the log',
  lead: 'The whole log is checked here by the very program that you can run yourself, on the very files that you can download.',
  verdicts: {
    whole: (count: string, at: string) => `All ${count} entries fit together. Checked ${at}.`,
    restored: (count: string, at: string) =>
      `All ${count} entries fit together, but for a restore from a backup that the log declares itself. Checked ${at}.`,
    tampered: (index: string | null, findings: number, count: string, at: string) =>
      `${index === null ? 'The log is not what was signed.' : `Entry ${index} does not fit.`} ${findings === 1 ? 'One thing is' : `${findings} things are`} wrong in ${count} entries. Checked ${at}.`,
    incomplete: (count: string, at: string) => `Not everything could be checked: ${count} entries were, and they hold. Checked ${at}.`,
    unusable: (at: string) => `The log could not be checked. Tried ${at}.`,
    not_finished: (at: string) => `The check did not come to its end. Tried ${at}.`,
  },
  whatNowHeading: 'What to do now',
  whatNow,
  lookAt: (index: string) => `Look at entry ${index}`,
  found: 'What was found',
  entry: 'Entry',
  checksHeading: 'What was checked',
  results: {
    holds: 'Holds',
    tampered: 'Does not hold',
    unusable: 'Could not be read',
    incomplete: 'Not whole',
    restored: 'Declared',
    'not made': 'Not reached',
  },
  never: 'The log has not been checked yet.',
  notSigned: 'Nothing has been signed yet, so there is nothing to check. Come back after the first batch.',
  running: {
    heading: 'A check is running',
    since: 'It began on',
    back: (minutes: number) => (minutes === 1 ? 'Come back in a minute.' : `Come back in ${minutes} minutes.`),
    refresh: 'Look again',
  },
  go: 'Check the whole log now',
  nightly: 'Checked by the service itself, as every night',
  asked: 'Asked for by',
  earlier: 'Earlier checks',
  earlierTable: { at: 'Checked', entries: 'Entries', verdict: 'Result', asked: 'By whom' },
  short: {
    whole: 'All fit together',
    tampered: 'Does not fit',
    unusable: 'Could not be checked',
    incomplete: 'Not whole',
    restored: 'All fit, after a declared restore',
    not_finished: 'Did not finish',
  } satisfies Record<CheckVerdict, string>,
  compare: {
    heading: 'Compare with a checkpoint that you kept',
    lead: 'This tells whether the log still begins with what it was when you kept it.',
    label: 'The checkpoint, whole',
    hint: 'Paste the signed note: its text, the empty line and every line after it.',
    file: 'Or its file',
    fileHint: 'The file that came with the mail, or the file “checkpoint” of a bundle that you unpacked.',
    go: 'Compare',
  },
  minutes: {
    heading: 'Compare with a line in the minutes',
    lead: 'The mail to named people, the verifier and this page print the same eight groups for the same number of entries. Read them out to each other.',
    of: (entries: string) => `Fingerprint at ${entries} entries, signed on`,
    label: 'Number of entries in the line',
    hint: 'The newest checkpoint is shown where this is empty.',
    go: 'Show its fingerprint',
    unknown: 'No checkpoint of this log has so many entries: compare the number again, and keep the line',
  },
  compared: { ...compared, at: (at: string) => `Compared ${at}.` },
  offline: {
    heading: 'Check it without us',
    lead: 'A page of the service cannot prove that the service is honest. Take the log and the verifier to a machine of your own.',
    bundle: 'Download the whole log',
    names: 'With who stands behind each alias of staff',
    namesHint:
      'As far as the names are kept. Tick it only where you need them: a copy that is out cannot be made to forget. Nothing of any reporter is in it.',
    otp: staff.code,
    verifier: 'Download the verifier',
    verifierHint: 'One file that needs Node 20 or later and no network. Better still, take it from the release that you trust.',
    recorded: 'Each download of the log is an entry too.',
    run: 'Save the key that you wrote down in a file key.txt, then run, with the name that the downloaded file has:',
    command: 'node verify-log.mjs forthright-log-64.zip --key key.txt',
    keyHeading: 'The key to write down',
    key: 'Write it down once, on paper or in the minutes, and compare it each time. Whoever signs with another key is not this log.',
    retired: 'No longer in use; it signed older checkpoints',
    checkpoint: 'See the newest checkpoint',
  },
  errors: {
    note: {
      required: 'Paste the checkpoint that you kept, or choose its file',
      too_long: 'Send one checkpoint only: this is longer than any',
      one_of_two: 'Paste the checkpoint or choose its file, not both',
    },
  },
}
