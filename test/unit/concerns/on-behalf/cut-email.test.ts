import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutEmail } from '../../../../src/concerns/on-behalf/cut-email.ts'

const story = 'The night staff have been two short since June.\nNobody answers when we ask.'
const kinds = (text: string) => cutEmail(text).cut.map(({ kind }) => kind)

describe('a pasted e-mail', () => {
  it.each([
    [
      'as Outlook prints it',
      `From: Jane Doe <jane.doe@trust.example>\nSent: 03 November 2026 22:14\nTo: Speak Up Guardian <ftsu@trust.example>\nCc: Ward Seven\nSubject: Staffing\n\n${story}\n\nKind regards,\n\nJane Doe\nStaff Nurse, Ward 7\n01234 567890`,
    ],
    [
      'forwarded from Outlook',
      `Please see below\n\n________________________________\nFrom: Jane Doe <jane.doe@trust.example>\nSent: 03 November 2026 22:14\nTo: Grace Okafor\nSubject: FW: Staffing\n\n${story}`,
    ],
    [
      'forwarded from Gmail',
      `---------- Forwarded message ---------\nFrom: Jane Doe <jane@mail.example>\nDate: Tue, 3 Nov 2026 at 22:14\nSubject: Staffing\nTo: <ftsu@trust.example>\n\n${story}\n\n-- \nJane Doe\nShe/her`,
    ],
    [
      'answered from Gmail, with the letter quoted',
      `Thank you for writing.\n\nOn Tue, 3 Nov 2026 at 22:14, Jane Doe <jane@mail.example> wrote:\n> ${story.replace('\n', '\n> ')}\n>\n> --\n> Jane Doe\n> Staff Nurse`,
    ],
    [
      'with the name broken over two lines',
      `On Tue, 3 Nov 2026 at 22:14, Jane Doe\n<jane@mail.example> wrote:\n\n> ${story.replace('\n', '\n> ')}`,
    ],
    [
      'with all that its road left on it',
      `Return-Path: <jane@mail.example>\nReceived: from mx.example (mx.example [198.51.100.7])\n        by in.trust.example with ESMTPS id 4Abc\n        for <ftsu@trust.example>; Tue, 3 Nov 2026 22:14:00 +0000\nDKIM-Signature: v=1; a=rsa-sha256; d=mail.example; s=k1;\n        b=AbCdEf\n         GhIjKl\nMessage-ID: <1@mail.example>\nX-Originating-IP: [198.51.100.9]\nFrom: Jane Doe <jane@mail.example>\nTo: ftsu@trust.example\nSubject: Staffing\nDate: Tue, 3 Nov 2026 22:14:00 +0000\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${story}\n\nSent from my iPhone`,
    ],
    ['from a telephone', `Subject: Staffing\n\n${story}\n\nGet Outlook for iOS<https://aka.ms/o0ukef>`],
    ['with stars about its fields', `*From:* Jane Doe <jane@mail.example>\n*Sent:* Tuesday\n*Subject:* Staffing\n\n${story}`],
  ])('keeps what was said and nothing of who said it, %s', (_how, text) => {
    const { kept } = cutEmail(text)
    for (const line of story.split('\n')) expect(kept).toContain(line)
    expect(kept).not.toMatch(/jane|doe|example|198\.51|subject|staffing|01234|22:14|wrote:|iphone|outlook/i)
  })

  it('says what each piece was', () => {
    expect(kinds(`From: A\nTo: B\n\n${story}\n\nSent from my iPhone`)).toEqual(['headers', 'device'])
    expect(kinds(`${story}\n\nOn 3 Nov 2026, A B wrote:\n> Well.`)).toEqual(['forwarding'])
    expect(kinds(`${story}\n\nBest wishes\nA. Nurse`)).toEqual(['signature'])
  })

  it.each([
    ['a list of one', 'We said it\nTo: the ward manager\nand nothing came of it.'],
    ['a date of their own', 'Date: last Monday\nWhat I saw was this.'],
    ['thanks in the middle of a sentence', 'Thanks to her we noticed.\nIt went on.'],
    [
      'a paragraph under a word of thanks',
      'I spoke up once before.\n\nThanks\n\nThat was the only answer I was given by anybody in that office.',
    ],
    ['a line that begins with On', 'On 3 November 2026 I was alone with twenty patients.\nShe wrote it down.'],
    ['a colon anywhere', 'Two things: the rota, and the alarm.'],
    ['a postscript', 'It is still so.\n\nKind regards\nA. Nurse\n\nPS The fridge is warm too.'],
  ])('leaves a person’s own words alone: %s', (_what, text) => {
    const { kept } = cutEmail(text)
    for (const line of text.split('\n')) if (!/^(Kind regards|A\. Nurse|Thanks)$/.test(line)) expect(kept).toContain(line)
  })

  const line = fc.oneof(
    fc.string({ maxLength: 40 }).map((text) => text.replaceAll(/[\r\n]/g, ' ')),
    fc.constantFrom(
      '',
      '> ',
      'From: a',
      'To: b',
      'Subject: c',
      'Date: d',
      'Received: e',
      '   more of it',
      '-- ',
      'Kind regards',
      'A. Nurse',
      '-----Original Message-----',
      'On 3 Nov 2026, A wrote:',
      'Sent from my iPhone',
      'A sentence that stays.',
    ),
  )
  const letters = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n'))

  it('keeps lines of the text in their order and makes none up', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const given = text.split('\n').map((one) => one.trim())
        let from = 0
        for (const one of cutEmail(text).kept.split('\n')) {
          if (one.trim() === '') continue
          const at = given.indexOf(one.trim(), from)
          expect(at).toBeGreaterThanOrEqual(from)
          from = at + 1
        }
      }),
    )
  })

  it('loses no line: each is kept or shown as cut', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const { kept, cut } = cutEmail(text)
        const shown = [kept, ...cut.map((piece) => piece.text)].join('\n').split('\n')
        const words = (lines: readonly string[]) =>
          lines
            .map((one) => one.trim())
            .filter((one) => one !== '' && !/^[>| \t]*$/.test(one))
            .toSorted()
        expect(words(shown)).toEqual(words(text.split('\n')))
      }),
    )
  })

  it('finds nothing more to cut in what it kept', () => {
    fc.assert(
      fc.property(letters, (text) => {
        const { kept } = cutEmail(text)
        expect(cutEmail(kept)).toEqual({ kept, cut: [] })
      }),
    )
  })

  it('lets no value of a header through, whatever stands in it and wherever the block stands', () => {
    const value = fc.stringMatching(/^[a-z0-9]{12}$/)
    const name = fc.constantFrom(
      'From',
      'To',
      'Cc',
      'Sent',
      'Date',
      'Subject',
      'Received',
      'Message-ID',
      'DKIM-Signature',
      'X-Spam-Score',
      'Reply-To',
    )
    const block = fc.array(fc.tuple(name, value, fc.boolean()), { minLength: 1, maxLength: 8 })
    const deep = fc.constantFrom('', '> ', '>> ', '> > ')
    fc.assert(
      fc.property(block, deep, fc.boolean(), (fields, quote, below) => {
        const rows = [['From', 'somebody', false] as const, ...fields]
        const header = rows.flatMap(([field, text, folds]) => [`${field}: ${folds ? '' : text}`, ...(folds ? [`\t${text}`] : [])])
        const mail = [...(below ? [story, ''] : []), ...header.map((one) => quote + one), quote.trimEnd(), story].join('\n')
        const { kept } = cutEmail(mail)
        for (const [, text] of rows) expect(kept).not.toContain(text)
        expect(kept).toContain('Nobody answers when we ask.')
      }),
    )
  })

  it('takes no longer over a hostile text than over a friendly one', () => {
    for (const piece of ['To: x\n', 'Subject: x\n\n', '> ', 'On 1 ', '--\n', 'Kind regards\n', ' \t', 'From: a\n b\n', '_']) {
      const text = piece.repeat(100_000 / piece.length)
      const started = performance.now()
      cutEmail(text)
      expect(performance.now() - started).toBeLessThan(3_000)
    }
  })
})
