import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join } from 'node:path'

const web = join(import.meta.dirname, '..', '..', 'src', 'web')

export interface Template {
  /** Relative to `src/web`. */
  readonly file: string
  readonly source: string
  /** The source without Nunjucks comments. */
  readonly code: string
  /** What is printed as it stands: no comment, no expression, no tag. */
  readonly bare: string
}

export async function allTemplates(): Promise<readonly Template[]> {
  const templates: Template[] = []
  for await (const file of glob('**/*.njk', { cwd: web })) templates.push(readTemplate(file, readFileSync(join(web, file), 'utf8')))
  return templates.toSorted((a, b) => a.file.localeCompare(b.file))
}

export function readTemplate(file: string, source: string): Template {
  const code = source.replaceAll(/\{#[\s\S]*?#\}/g, '')
  const bare = code
    .replaceAll(/\{%[\s\S]*?%\}/g, ' ')
    .replaceAll(/\{\{[\s\S]*?\}\}/g, ' ')
    .replaceAll(/<[^>]*>/g, ' ')
  return { file, source, code, bare }
}

/** What a template must not hold, one line per finding. */
export function templateFaults({ code, bare }: Pick<Template, 'code' | 'bare'>): readonly string[] {
  const patterns: readonly (readonly [string, RegExp])[] = [
    ['a script', /<script\b/i],
    ['a style sheet of its own', /<style\b/i],
    ['an inline style', /\sstyle\s*=/i],
    ['an event handler', /\son[a-z]+\s*=/i],
    ['a way round escaping', /\|\s*safe\b|\bautoescape\b/],
    ['an address that is code', /javascript:/i],
    ['another host', /\b(?:href|src|action)\s*=\s*["'](?:https?:)?\/\//i],
    [
      'words of its own in a label',
      /\b(?:text|html|summaryText|visuallyHiddenText|titleText|label|legend|hint|caption|heading):\s*["'][^"']*[A-Za-z]{2}/,
    ],
    ['words of its own in an attribute', /\b(?:aria-label|title|placeholder|alt)="[^"{]*[A-Za-z]{2}/],
  ]
  const found = patterns.filter(([, pattern]) => pattern.test(code)).map(([name]) => name)
  const words = /[A-Za-z]{2,}/.exec(bare.replace('<!DOCTYPE html>', ''))
  return words === null ? found : [...found, `words of its own: ${words[0]}`]
}

/** Paths such as `hint` of `words.hint` and `errorPage.signIn` of `common.errorPage.signIn`, by the name they start with. */
export function wordPaths({ code }: Pick<Template, 'code'>, root: 'words' | 'common'): readonly string[] {
  const printed = [...code.matchAll(/\{[{%]([\s\S]*?)[%}]\}/g)].map(([, inside = '']) => inside).join('\n')
  return [
    ...new Set(
      [...printed.matchAll(new RegExp(`(?<![\\w.])${root}\\.([A-Za-z]\\w*(?:\\.[A-Za-z]\\w*)*)`, 'g'))].map(([, path = '']) => path),
    ),
  ]
}

/** True where the object, or an object in it, has the path: pages may hand a part of their words to a template. */
export function hasPath(words: unknown, path: string): boolean {
  if (typeof words !== 'object' || words === null) return false
  return follows(words, path.split('.')) || Object.values(words).some((inner) => hasPath(inner, path))
}

function follows(value: unknown, [step, ...rest]: readonly string[]): boolean {
  if (step === undefined) return value !== undefined
  // What a list or a text itself has, such as `length`
  if (Array.isArray(value) || typeof value === 'string') return step in Object(value)
  return typeof value === 'object' && value !== null && Object.hasOwn(value, step) && follows(Reflect.get(value, step), rest)
}
