import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import nunjucks from 'nunjucks'
import { dateInWords, shortDateInWords, timeInWords } from './dates-in-words.ts'
import type { ShownFault } from './faults.ts'
import { callParts } from './call-parts.ts'

const kit = join(dirname(createRequire(import.meta.url).resolve('nhsuk-frontend/package.json')), 'dist')
const folders = [import.meta.dirname, join(import.meta.dirname, '..', 'pages'), kit]

type Attributes = Readonly<Record<string, unknown>>
type Cell = { readonly text?: unknown; readonly [other: string]: unknown }
interface Table {
  readonly responsive?: boolean
  readonly rows?: readonly (readonly unknown[])[]
  readonly [other: string]: unknown
}

let made: nunjucks.Environment | undefined

/** Nunjucks with our folders and the kit's: one for the process, which compiles each template once. Everything printed is escaped. */
export function ourTemplates(): nunjucks.Environment {
  made ??= createTemplates()
  return made
}

function createTemplates(): nunjucks.Environment {
  const env = new nunjucks.Environment(new nunjucks.FileSystemLoader(folders), { autoescape: true, trimBlocks: true, lstripBlocks: true })
  env.addFilter('dateInWords', dateInWords)
  env.addFilter('shortDateInWords', shortDateInWords)
  env.addFilter('timeInWords', timeInWords)
  env.addFilter('asErrorList', (faults: readonly ShownFault[]) => faults.map(({ field, text }) => ({ text, href: `#${field}` })))
  env.addFilter('callParts', callParts)
  // The kit indents what it wraps, to make tidy source. That would put spaces into the second line of whatever a person wrote.
  env.addFilter('indent', <T>(text: T): T => text)
  env.addGlobal('withAttributes', (params: { readonly attributes?: Attributes }, attributes: Attributes) => ({
    ...params,
    attributes: { ...attributes, ...params.attributes },
  }))
  env.addGlobal('cellsAsText', (table: Table): Table => ({
    responsive: true,
    ...table,
    rows: (table.rows ?? []).map((row) => row.map(cellAsText)),
  }))
  return env
}

function cellAsText(cell: unknown): unknown {
  if (typeof cell === 'number') return String(cell)
  if (typeof cell === 'object' && cell !== null && 'text' in cell && typeof cell.text === 'number')
    return { ...cell, text: String(cell.text) } satisfies Cell
  return cell
}
