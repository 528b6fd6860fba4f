import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import nunjucks from 'nunjucks'
import { describe, expect, test } from 'vitest'
import { words as common } from '../../src/web/layout/words.en.ts'
import { allTemplates, hasPath, readTemplate, templateFaults, wordPaths } from '../support/templates.ts'

const web = join(import.meta.dirname, '..', '..', 'src', 'web')
const templates = await allTemplates()

/** The words of the page a template belongs to: the nearest `words.en.ts` above it; null for templates that several pages share. */
async function wordsNear(file: string): Promise<object | null> {
  for (let folder = dirname(file); folder !== '.' && folder !== 'pages'; folder = dirname(folder)) {
    const words = join(web, folder, 'words.en.ts')
    if (existsSync(words)) return ((await import(words)) as { words: object }).words
  }
  return null
}

describe('a template', () => {
  test.each(templates)('has no script, no style, no way round escaping, no outside address and no words of its own: $file', (template) => {
    expect(templateFaults(template)).toEqual([])
  })

  test.each(templates)('is understood by the engine, which takes `none` and `in` for words of its own: $file', ({ file, source }) => {
    expect(() => nunjucks.precompileString(source, { name: file })).not.toThrow()
  })

  test.each(templates)('names only words that exist: $file', async (template) => {
    const words = await wordsNear(template.file)
    const missing = wordPaths(template, 'words').filter((path) => words !== null && !hasPath(words, path))
    const missingCommon = wordPaths(template, 'common').filter((path) => !hasPath(common, path))
    expect([missing, missingCommon]).toEqual([[], []])
  })
})

describe('the search for faults', () => {
  test.each([
    ['<script src="/x.js"></script>', 'a script'],
    ['<p style="color: red">{{ words.a }}</p>', 'an inline style'],
    ['<a href="#" onclick="go()">{{ words.a }}</a>', 'an event handler'],
    ['{{ view.narrative | safe }}', 'a way round escaping'],
    ['<img src="https://elsewhere.example/x.png">', 'another host'],
    ['<p>Hello</p>', 'words of its own: Hello'],
    ['{{ button({ text: "Send it" }) }}', 'words of its own in a label'],
    ['<nav aria-label="Menu"></nav>', 'words of its own in an attribute'],
  ])('finds %s', (source, fault) => {
    expect(templateFaults(readTemplate('x.njk', source))).toContain(fault)
  })

  test('passes what is right', () => {
    const source =
      '{# A remark. #}\n<h1 class="nhsuk-heading-l">{{ words.title }}</h1>{{ button({ text: common.continue, attributes: { id: "go" } }) }}'
    expect(templateFaults(readTemplate('x.njk', source))).toEqual([])
  })

  test('sees a word that is not there', () => {
    const template = readTemplate('x.njk', '{{ words.title }}{{ words.list[0] }}{% if words.help.link %}{% endif %}{{ view.words.other }}')
    expect(wordPaths(template, 'words')).toEqual(['title', 'list', 'help.link'])
    expect(hasPath({ page: { title: 'x' }, help: {} }, 'title')).toBe(true)
    expect(hasPath({ page: { title: 'x' }, help: {} }, 'help.link')).toBe(false)
  })
})
