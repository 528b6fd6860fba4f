import { describe, expect, test } from 'vitest'
import { readingOfSnippet, snippetsFor, snippetsInput, snippetUses } from '../../../src/settings/index.ts'
import { firstSnippets } from '../../../src/settings/snippets/first-snippets.ts'

describe('the stock phrases an organisation begins with', () => {
  test.each(firstSnippets.items)('“$title” reads as easily as a page for who raises a concern', (snippet) => {
    const { grade, longest, hard } = readingOfSnippet(snippet)
    expect([hard, grade <= 5, longest.words <= 20]).toEqual([false, true, true])
  })

  test('are offered at every place, and would be taken as they stand', () => {
    for (const use of snippetUses) expect(snippetsFor(firstSnippets, use).length).toBeGreaterThan(1)
    const parsed = snippetsInput.safeParse({ items: firstSnippets.items, seen: '0'.repeat(64), reason: 'x' })
    expect(parsed.success && parsed.data.items).toEqual(firstSnippets.items)
  })

  test('hold no name, number or gap that somebody could forget to fill', () => {
    for (const { text } of firstSnippets.items) expect(text).not.toMatch(/[[\]{}<>@]|\d|…/)
  })
})

test('a hard text is called hard, by its grade or by one long sentence', () => {
  expect(readingOfSnippet({ text: 'Organisational considerations necessitate additional deliberation.' }).hard).toBe(true)
  expect(readingOfSnippet({ text: 'We go on and on and on and on and on and on and on and on and on and on and on.' }).hard).toBe(true)
  expect(readingOfSnippet({ text: 'We go on.' }).hard).toBe(false)
})
