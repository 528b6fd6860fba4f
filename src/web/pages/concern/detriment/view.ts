import type { DetrimentCase, FollowUp, HandlingRecord } from '../../../../concerns/index.ts'
import { instantText, readDate } from '../../../../kernel/index.ts'
import { detrimentLabels, followUpLabels, labels, type DetrimentStatus, type DetrimentStep } from '../../../../workflow/index.ts'
import { dateInWords } from '../../../layout/index.ts'
import { labelOf } from '../../../staff/options.ts'
import { stepPaths } from './form.ts'
import { words } from './words.en.ts'

export interface ReportView {
  readonly heading: string
  readonly tag: { readonly text: string; readonly colour: 'red' | 'orange' | 'yellow' | 'green' | 'grey' }
  readonly risk: string
  readonly kinds: readonly string[]
  readonly description: string | null
  readonly genuine: boolean
  readonly reviews: readonly { readonly dueOn: string; readonly from: string; readonly stands: string; readonly late: boolean }[]
  readonly records: readonly RecordView[]
  readonly steps: readonly { readonly text: string; readonly href: string }[]
}

interface RecordView {
  readonly heading: string
  readonly author: string
  readonly writtenAt: string
  readonly genuine: boolean
  readonly rows: readonly { readonly key: string; readonly text: string }[]
}

/** The words carry the whole meaning; the colour only repeats them. */
const colours: Readonly<Record<DetrimentStatus, ReportView['tag']['colour']>> = {
  reported: 'red',
  risk_assessed: 'orange',
  action_in_place: 'yellow',
  reviewed: 'green',
  closed: 'grey',
}

/** `base` is the address of the page. Reports are counted in the addresses of their steps. */
export function reportViews(reports: readonly DetrimentCase[], base: string, mayAct: boolean): readonly ReportView[] {
  return reports.map((report, index) => ({
    heading: words.report(index + 1, dateInWords(report.reportedOn)),
    tag: { text: detrimentLabels.statuses[report.status], colour: colours[report.status] },
    risk: report.riskGrade === null ? words.noRisk : labels.riskGrades[report.riskGrade],
    kinds: report.kinds.map((kind) => detrimentLabels.types[kind]),
    description: report.description,
    genuine: report.genuine,
    reviews: report.reviews.map(({ dueOn, from, done, late }) => ({
      dueOn,
      from: words.reviews[from],
      stands: done ? words.reviews.done : late ? words.reviews.late : words.reviews.ahead,
      late,
    })),
    records: report.records.map(recordView),
    steps: mayAct ? report.openSteps.map((step) => ({ text: words.steps[step], href: stepHref(base, step, index + 1) })) : [],
  }))
}

export interface FollowUpView {
  readonly heading: string
  readonly genuine: boolean
  readonly answer: string
  readonly comment: string | null
  readonly worse: boolean
}

/** What the person answered when the inbox asked; one that is not genuine shows that it was there. */
export function followUpViews(followUps: readonly FollowUp[]): readonly FollowUpView[] {
  return followUps.map(({ months, answeredOn, answer, comment, genuine }) => ({
    heading: words.followUps.lead(months, dateInWords(answeredOn)),
    genuine,
    answer: answer === null ? '' : followUpLabels[answer],
    comment,
    worse: answer === 'worse',
  }))
}

export const stepHref = (base: string, step: DetrimentStep, number: number): string => `${base}/${stepPaths[step]}?report=${number}`

function recordView({ kind, author, writtenAt, genuine, content }: HandlingRecord): RecordView {
  const held: Readonly<Record<string, unknown>> = typeof content === 'object' && content !== null ? { ...content } : {}
  return {
    heading: labelOf(words.kindsOfRecord, kind),
    author,
    writtenAt: instantText(writtenAt),
    genuine,
    rows: Object.entries(words.fields).flatMap(([name, key]) => {
      const text = readings[name as keyof typeof words.fields](held[name])
      return text === null ? [] : [{ key, text }]
    }),
  }
}

type Read = (value: unknown) => string | null
const text: Read = (value) => (typeof value === 'string' && value !== '' ? value : null)
const code =
  (list: Readonly<Record<string, string>>): Read =>
  (value) =>
    typeof value === 'string' ? labelOf(list, value) : null
const date: Read = (value) => (typeof value === 'string' && readDate(value) !== null ? dateInWords(value) : null)

const readings: Readonly<Record<keyof typeof words.fields, Read>> = {
  riskGrade: code(labels.riskGrades),
  plan: text,
  reviewOn: (value) => (Array.isArray(value) ? value.map((each) => date(each) ?? '').join('; ') : null),
  reviewFor: date,
  finding: code(detrimentLabels.reviewFindings),
  reasonCode: code(detrimentLabels.closeReasons),
  note: text,
}
