/**
 * Reads the HTML that our own templates write, as far as tests need it: forms, links, words. Not a parser for anybody else's pages.
 */

export interface HtmlForm {
  readonly action: string
  readonly method: 'get' | 'post'
  /** What a browser would send without anybody touching the form: hidden fields, values typed before, boxes ticked. */
  readonly fields: readonly (readonly [name: string, value: string])[]
  readonly names: ReadonlySet<string>
}

export interface HtmlPage {
  readonly title: string
  readonly heading: string
  /** The words of the main part, without tags, blanks joined. */
  readonly words: string
  readonly forms: readonly HtmlForm[]
  readonly links: readonly { readonly href: string; readonly text: string }[]
  /** The lines of the error summary. */
  readonly faults: readonly string[]
}

export function readHtml(html: string): HtmlPage {
  const main = /<main\b[^>]*>([\s\S]*?)<\/main>/.exec(html)?.[1] ?? ''
  const summary = /class="nhsuk-error-summary__body"[\s\S]*?<\/ul>/.exec(main)?.[0] ?? ''
  return {
    title: wordsOf(/<title>([\s\S]*?)<\/title>/.exec(html)?.[1] ?? ''),
    heading: wordsOf(/<h1\b[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? ''),
    words: wordsOf(main),
    forms: [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, tag = '', body = '']) => readForm(tag, body)),
    links: [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(([, tag = '', body = '']) => ({
      href: attribute(tag, 'href') ?? '',
      text: wordsOf(body),
    })),
    faults: [...summary.matchAll(/<li>([\s\S]*?)<\/li>/g)].map(([, item = '']) => wordsOf(item)),
  }
}

function readForm(tag: string, body: string): HtmlForm {
  const fields: (readonly [string, string])[] = []
  const names = new Set<string>()
  for (const [, input, element = 'input', rest = '', inside = ''] of body.matchAll(
    /<input\b([^>]*)>|<(textarea|select|button)\b([^>]*)>([\s\S]*?)<\/\2>/g,
  )) {
    const attributes = input ?? rest
    const name = attribute(attributes, 'name')
    if (name === null) continue
    names.add(name)
    const value = initialValue(element, attributes, inside)
    if (value !== null) fields.push([name, value])
  }
  return { action: attribute(tag, 'action') ?? '', method: attribute(tag, 'method') === 'post' ? 'post' : 'get', fields, names }
}

function initialValue(element: string, attributes: string, inside: string): string | null {
  if (element === 'textarea') return unescapeHtml(inside.replace(/^\n/, ''))
  if (element === 'button') return null
  if (element === 'select') {
    const options = [...inside.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => option)
    const chosen = options.find((option) => / selected\b/.test(option)) ?? options[0]
    return chosen === undefined ? null : (attribute(chosen, 'value') ?? '')
  }
  const type = attribute(attributes, 'type') ?? 'text'
  if ((type === 'radio' || type === 'checkbox') && !/ checked\b/.test(attributes)) return null
  return attribute(attributes, 'value') ?? ''
}

function attribute(tag: string, name: string): string | null {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)
  return found === null ? null : unescapeHtml(found[1] ?? '')
}

function wordsOf(html: string): string {
  return unescapeHtml(html.replaceAll(/<[^>]*>/g, ' '))
    .replaceAll(/\s+/g, ' ')
    .trim()
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  '#92': '\\',
  '#96': '`',
  '#x3D': '=',
}

function unescapeHtml(text: string): string {
  return text.replaceAll(/&([a-z]+|#\d+|#x[0-9A-F]+);/gi, (whole, name: string) => entities[name] ?? whole)
}
