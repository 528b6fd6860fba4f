import { describe, expect, test } from 'vitest'
import { ourTemplates } from '../../../src/web/layout/templates.ts'
import { words as common } from '../../../src/web/layout/words.en.ts'
import { readHtml } from '../../support/html.ts'

const templates = ourTemplates()

/** The main part of a page whose block holds this. */
function main(block: string, context: object = {}): string {
  const html = templates.renderString(`{% extends "layout.njk" %}{% block main %}${block}{% endblock %}`, {
    common,
    assets: {},
    brand: { serviceName: 'Staff form' },
    faults: [],
    fault: () => undefined,
    csrfField: '_csrf',
    view: {},
    ...context,
  })
  return /<main[^>]*>([\s\S]*)<\/main>/.exec(html)![1]!.trim()
}

const hostile = `<b onclick="x">O'Neil & "co"</b>\n   second line\n\n{{ 7 * 7 }}`

describe('what a person wrote', () => {
  test('is shown exactly, as text, in its own direction', () => {
    expect(main('{{ userText(view.text) }}', { view: { text: hostile } })).toBe(
      '<div class="app-user-text" dir="auto">&lt;b onclick=&quot;x&quot;&gt;O&#39;Neil &amp; &quot;co&quot;&lt;/b&gt;\n   second line\n\n{{ 7 * 7 }}</div>',
    )
  })

  test.each([
    ['a box', "{{ textarea({ name: 'a', label: 'A', value: view.text }) }}"],
    ['a box in a fieldset', "{% call fieldset({ legend: 'L' }) %}{{ textarea({ name: 'a', label: 'A', value: view.text }) }}{% endcall %}"],
    ['a box in a form', "{% call form({ action: '/x' }) %}{{ textarea({ name: 'a', label: 'A', value: view.text }) }}{% endcall %}"],
  ])('comes back unchanged from %s', (_where, block) => {
    const html = block.includes('form(')
      ? main(block, { view: { text: hostile } })
      : `<form method="post">${main(block, { view: { text: hostile } })}</form>`
    expect(readHtml(html).forms[0]!.fields).toContainEqual(['a', hostile])
  })

  test('keeps its line breaks in a summary list', () => {
    const html = main("{{ summaryList({ rows: [{ key: { text: 'K' }, value: { html: userText(view.text) } }] }) }}", {
      view: { text: 'one\ntwo' },
    })
    expect(html).toContain('dir="auto">one\ntwo</div>')
  })

  test('goes into boxes that take any direction', () => {
    expect(main("{{ input({ name: 'a', label: 'A', attributes: { maxlength: '5' } }) }}")).toMatch(
      /<input[^>]* dir="auto"[^>]* maxlength="5"/,
    )
  })
})

describe('a table', () => {
  test('shows the number 0 and keeps its roles on a narrow screen', () => {
    const html = main("{{ table({ head: [{ text: 'New' }, { text: 'Late' }], rows: [[0, { text: 0 }], [{ text: 7 }, '']] }) }}")
    expect(html).toContain('class="nhsuk-table nhsuk-table--responsive" role="table"')
    expect([...html.matchAll(/<\/span>(\d*)\s*<\/td>/g)].map(([, cell]) => cell)).toEqual(['0', '0', '7', ''])
  })
})

describe('a form', () => {
  test('carries the token of the session, and none where there is no session', () => {
    const block = "{% call form({ action: '/s/4' }) %}{{ button({ text: common.send }) }}{% endcall %}"
    expect(readHtml(main(block, { csrfToken: 'tok' })).forms).toMatchObject([
      { action: '/s/4', method: 'post', fields: [['_csrf', 'tok']] },
    ])
    expect(readHtml(main(block)).forms[0]!.fields).toEqual([])
  })

  test("keeps the browser from remembering a reporter's answers, and lets it help staff", () => {
    const block = "{% call form({ action: '/s/4' }) %}{% endcall %}"
    expect(main(block, { leave: true })).toContain('autocomplete="off"')
    expect(main(block, { leave: false })).not.toContain('autocomplete')
  })
})

describe('an error', () => {
  test('is said in a summary that takes focus without scripts, in the same words as beside the field', () => {
    const fault = { field: 'narrative', text: 'Tell us <what> happened' }
    const html = main("{{ textarea({ name: 'narrative', label: 'L', errorMessage: fault('narrative') }) }}", {
      faults: [fault],
      fault: () => ({ text: fault.text }),
    })
    expect(html).toMatch(/^<div class="nhsuk-error-summary"[^>]* tabindex="-1"[^>]* autofocus/)
    expect(readHtml(`<main>${html}</main>`).links).toEqual([{ href: '#narrative', text: fault.text }])
    expect(html).toMatch(/<span class="nhsuk-error-message" id="narrative-error">[\s\S]*Tell us &lt;what&gt; happened/)
  })
})

test('dates are machine-readable and in words', () => {
  expect(main("{{ dateText('2026-11-20') }} {{ shortDate('2026-11-20') }}")).toBe(
    '<time datetime="2026-11-20">20 November 2026</time> <time datetime="2026-11-20" class="app-short-date">20 Nov 2026</time>',
  )
})
