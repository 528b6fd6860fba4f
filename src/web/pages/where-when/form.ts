import { z } from 'zod'
import { raiseInput, type DraftAnswers } from '../../../concerns/index.ts'
import { readInput, type FormFields } from '../../../http/index.ts'
import { invalid } from '../../../kernel/index.ts'

const { site, happened, awareSince, intakeGroup } = raiseInput.shape
const answers = z.object({ site, happened, awareSince, intakeGroup })

/** A field's text, or `undefined` where nothing was written: an answer that is taken back. */
export const given = (form: FormFields, name: string): string | undefined => form.one(name).trim() || undefined

export function readWhereAndWhen(form: FormFields): DraftAnswers {
  return readInput(answers, {
    site: given(form, 'site'),
    happened: given(form, 'happened'),
    awareSince: coarseDate(given(form, 'day'), given(form, 'month'), given(form, 'year')),
    intakeGroup: given(form, 'intakeGroup'),
  })
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Year, month and day as the contract's `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a month may be a name. Throws Refusal `invalid_input`. */
function coarseDate(day: string | undefined, month: string | undefined, year: string | undefined): string | undefined {
  if (day === undefined && month === undefined && year === undefined) return undefined
  if (year === undefined) throw invalid('/awareSince', 'year_missing', 'Add the year.')
  if (day !== undefined && month === undefined) throw invalid('/awareSince', 'month_missing', 'Add the month, or take out the day.')
  return [year, month && two(monthNumber(month)), day && two(day)].filter((part) => part !== undefined).join('-')
}

function monthNumber(text: string): string {
  const named = months.indexOf(text.slice(0, 3).toLowerCase())
  return named >= 0 && /^\p{L}/u.test(text) ? String(named + 1) : text
}

const two = (text: string): string => (/^\d$/.test(text) ? `0${text}` : text)
