import type { DateText } from '../kernel/index.ts'
import type { Rule } from './rules.ts'

const duty = {
  version: 1,
  restartEvent: null,
  startsWithinDays: null,
  repeatsUntil: null,
  appliesWhen: 'always',
  dueFrom: 'limit',
  pauseCap: 0,
  extendable: false,
  shownTo: 'staff',
  validFrom: '2018-01-01' as DateText,
  scope: 'organisation',
  endEvents: [],
  each: true,
  startEvent: 'duty_began',
  stopEvent: 'duty_done',
  escalateTo: ['executive_lead'],
  escalateEvery: 10,
} as const satisfies Partial<Rule>

/** T14 to T19: what the organisation owes as a whole. One clock for each time it falls due. */
export const firstDuties: readonly Rule[] = [
  {
    ...duty,
    code: 'T14',
    label: 'Send the quarterly return',
    limit: 31,
    unit: 'calendar_days',
    dueFrom: 'set',
    warnBefore: 10,
    force: 'NATIONAL_POLICY',
    source:
      'NHS England’s data collection on speaking up, from 1 July 2026. Its dates are set each quarter: enter them when they are published.',
  },
  {
    ...duty,
    code: 'T15',
    label: 'Report to the board',
    limit: 12,
    unit: 'calendar_months',
    warnBefore: 20,
    force: 'NATIONAL_POLICY',
    source:
      'Freedom to speak up policy for the NHS, June 2022: senior leaders get a report at least once a year. Every six months is recommended.',
  },
  {
    ...duty,
    code: 'T16',
    label: 'Review the policy',
    limit: 12,
    unit: 'calendar_months',
    warnBefore: 20,
    force: 'NATIONAL_POLICY',
    source: 'Freedom to speak up policy for the NHS, June 2022: policy and process are reviewed every year.',
  },
  {
    ...duty,
    code: 'T17',
    label: 'Answer a subject access request',
    limit: 1,
    unit: 'calendar_months',
    pauseCap: 60,
    extendable: true,
    warnBefore: 5,
    force: 'STATUTORY',
    source:
      'UK GDPR, articles 12 and 15, with the Data (Use and Access) Act 2025: one month, two more where it is complex, stopped while clarification is awaited.',
  },
  {
    ...duty,
    code: 'T18',
    label: 'Acknowledge a data protection complaint',
    limit: 30,
    unit: 'calendar_days',
    warnBefore: 5,
    force: 'STATUTORY',
    source: 'Data Protection Act 2018, section 164A, in force from 19 June 2026.',
  },
  {
    ...duty,
    code: 'T19',
    label: 'Tell the Information Commissioner of a breach',
    limit: 72,
    unit: 'hours',
    // LOCAL: a day is left to write to the Commissioner
    warnBefore: 24,
    escalateEvery: 1,
    force: 'STATUTORY',
    source: 'UK GDPR, article 33: within 72 hours of becoming aware.',
  },
]
