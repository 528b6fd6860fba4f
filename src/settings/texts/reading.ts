/** How hard a text is to read: Flesch–Kincaid grade = 0.39 words a sentence + 11.8 syllables a word − 15.59 (Kincaid and others, 1975). */
export interface Reading {
  readonly grade: number
  readonly words: number
  /** The longest sentence, in words. */
  readonly longest: { readonly words: number; readonly sentence: string }
}

/** What a reporter's page is held to (`experience.md` 11). */
export const readingLimits = { grade: 5, sentence: 20 } as const

/** Reads blocks of text: paragraphs, list items, labels, headings. A block ends its last sentence, with or without a full stop. */
export function readingOf(blocks: readonly string[]): Reading {
  const sentences = blocks.flatMap(sentencesIn).map((sentence) => ({ sentence, words: wordsIn(sentence) }))
  const counted = sentences.filter(({ words }) => words.length > 0)
  const words = counted.flatMap((one) => one.words)
  const syllables = words.reduce((sum, word) => sum + syllablesIn(word), 0)
  const longest = counted.toSorted((a, b) => b.words.length - a.words.length)[0]
  return {
    grade: words.length === 0 ? 0 : 0.39 * (words.length / counted.length) + 11.8 * (syllables / words.length) - 15.59,
    words: words.length,
    longest: { words: longest?.words.length ?? 0, sentence: longest?.sentence ?? '' },
  }
}

function sentencesIn(block: string): string[] {
  return block.split(/(?<=[.!?:])["”’)]*\s+/)
}

function wordsIn(sentence: string): string[] {
  return sentence.match(/[\p{L}\p{N}]+(?:[’'-][\p{L}\p{N}]+)*/gu) ?? []
}

/** Vowel groups, less a silent e; a number counts as one. Good to a few in a hundred, as every such count is. */
export function syllablesIn(word: string): number {
  const plain = word.toLowerCase().replaceAll(/[’']/g, '')
  if (!/[a-z]/.test(plain)) return 1
  return plain.split('-').reduce((sum, part) => sum + ofPart(part), 0)
}

function ofPart(part: string): number {
  if (part.length <= 3) return 1
  const trimmed = part
    .replace(/(?:[^laeiouy]es|[^dt]ed|[^laeiouy]e|ely$)$/, (end) => (end === 'ely' ? 'ly' : end.charAt(0)))
    .replace(/^y/, '')
  // Two sounds in one run of vowels: guardian, idea, being
  const split = trimmed.match(/(?<![tcsgx])i[ao]|ea$|eing$/g)?.length ?? 0
  return Math.max(1, (trimmed.match(/[aeiouy]{1,2}/g)?.length ?? 1) + split)
}
