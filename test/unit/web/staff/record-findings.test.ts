import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionInputs } from '../../../../src/concerns/index.ts'
import { recordFindingsForm } from '../../../../src/web/pages/actions/record-findings/form.ts'
import { fieldOf, filledRows, rowCount, withRowAdded, withRowRemoved } from '../../../../src/web/pages/actions/record-findings/rows.ts'
import { typedFrom, type Typed } from '../../../../src/web/staff/typed.ts'

const word = fc.string({ maxLength: 20, unit: 'grapheme' })
const row = fc.record({ allegation: word, finding: fc.constantFrom('', 'substantiated', 'not_substantiated') })
type Row = { readonly allegation: string; readonly finding: string }

const typedRows = (rows: readonly Row[]): Typed =>
  typedFrom({
    'findings-count': String(rows.length),
    learning: 'What was learned',
    ...Object.fromEntries(rows.flatMap((each, at) => Object.entries(each).map(([part, text]) => [fieldOf('findings', at, part), text]))),
  })
const rowsIn = (typed: Typed): readonly Row[] =>
  Array.from({ length: rowCount(typed, 'findings') }, (_, at) => ({
    allegation: typed.one(fieldOf('findings', at, 'allegation')),
    finding: typed.one(fieldOf('findings', at, 'finding')),
  }))

describe('the rows of findings', () => {
  test('adding a row changes no word of the others and adds an empty one', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const typed = withRowAdded(typedRows(rows), 'findings', ['learning'])
        expect(rowsIn(typed)).toEqual([...rows, { allegation: '', finding: '' }])
        expect(typed.one('learning')).toBe('What was learned')
      }),
    )
  })

  test('taking a row away takes that one, and the rest keep their words and order', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), fc.nat(), (rows, pick) => {
        const gone = pick % rows.length
        const typed = withRowRemoved(typedRows(rows), 'findings', gone, ['learning'])
        expect(rowsIn(typed)).toEqual(rows.filter((_, at) => at !== gone))
        expect(typed.one('learning')).toBe('What was learned')
      }),
    )
  })

  test('the last row that is left is emptied and stays', () => {
    const typed = withRowRemoved(typedRows([{ allegation: 'Only', finding: 'substantiated' }]), 'findings', 0, [])
    expect(rowsIn(typed)).toEqual([{ allegation: '', finding: '' }])
  })

  test('every fault the schema finds points at the row in which it stands, however many empty rows lie between', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const typed = typedRows(rows)
        const filled = filledRows(typed, 'findings')
        fc.pre(filled.length > 0)
        const input = { expectedVersion: 1, ...recordFindingsForm.read(typed, undefined as never) }
        const issues = actionInputs.record_findings.safeParse(input).error?.issues ?? []
        const controls = recordFindingsForm.fields!(typed)
        for (const issue of issues) {
          const control = controls[`/${issue.path.join('/')}`]
          const [, at = '', part = ''] = /^findings-(\d+)-(\w+)$/.exec(control ?? '') ?? []
          expect(rows[Number(at)]).toBeDefined()
          const text = rows[Number(at)]![part as keyof Row].trim()
          expect(text === '' || /[\u0000-\u001F]/.test(text)).toBe(true)
        }
      }),
    )
  })

  test.each(['', '0', '-3', '1.5', '1e9', 'NaN', '51'])('a count changed by hand (%s) gives between one row and fifty', (count) => {
    const rows = rowCount(typedFrom({ 'findings-count': count }), 'findings')
    expect(rows).toBeGreaterThanOrEqual(1)
    expect(rows).toBeLessThanOrEqual(50)
  })
})
