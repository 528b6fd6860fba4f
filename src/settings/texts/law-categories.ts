import type { DateText } from '../../kernel/index.ts'
import type { TextVersion } from './text.ts'

const category = (name: string, paragraph: string, heading: string, body: string): TextVersion => ({
  key: `law.category_${name}`,
  version: 1,
  validFrom: '1999-07-02' as DateText,
  kind: 'law',
  heading,
  body,
  quote: null,
  source: `Employment Rights Act 1996, section 43B(1)(${paragraph})`,
  sourceDate: '1999',
  readOn: '2026-11-22' as DateText,
  mark: 'V2',
  wording: 'checked',
})

/** The seven kinds of failure, in the order of the statute. The seventh stands between (d) and (e) and holds from its own day. */
export const lawCategories: readonly TextVersion[] = [
  category('criminal_offence', 'a', 'A crime', 'In the law since 1999.'),
  category('legal_obligation', 'b', 'Someone does not do what the law says they must', 'In the law since 1999.'),
  category('miscarriage_of_justice', 'c', 'Someone is wrongly found guilty', 'A “miscarriage of justice”. In the law since 1999.'),
  category('health_or_safety', 'd', 'Danger to health or safety', 'Of anyone at all. In the law since 1999.'),
  {
    ...category('sexual_harassment', 'da', 'Sexual harassment', 'In the law since 6 April 2026.'),
    validFrom: '2026-04-06' as DateText,
    source:
      'Employment Rights Act 1996, section 43B(1)(da), put in by the Employment Rights Act 2025, section 23; start date: SI 2026/323. What the words mean is in the Equality Act 2010, section 26(2)',
    sourceDate: '2026-03-16',
    wording: 'check',
  },
  category('environment', 'e', 'Harm to land, air or water', '“Damage to the environment”. In the law since 1999.'),
  category('concealment', 'f', 'Someone hides any of these', 'Hides it on purpose. In the law since 1999.'),
]
