import { londonDate, shortText, type Clock } from '../../src/kernel/index.ts'
import { firstContacts, type FirstSettings } from '../../src/settings/index.ts'
import { any, type Answer, type Terminal } from './terminal.ts'

const usualGroup = 'Speak up team'
const longestName = 120

/** What an organisation is called, where concerns arrive, and where people find the guardian without this service. */
export async function askOrganisation(terminal: Terminal, clock: Clock): Promise<FirstSettings> {
  const organisation = await terminal.ask(
    'Name of the organisation:',
    line('It stands on printed pages and in authenticator apps, so there has to be one.'),
  )
  const odsCode = await terminal.ask('ODS code (Enter where there is none):', readOdsCode)
  const first = await terminal.ask(`Team that receives concerns (Enter for "${usualGroup}"):`, (answer) =>
    answer === '' ? { value: usualGroup } : line('')(answer),
  )
  const intakeGroups = await askList(terminal, 'Another such team (Enter when there is no other):', [first])
  terminal.say('  Sites are offered to people who raise a concern. An administrator can change them at any time.')
  const sites = await askList(terminal, 'A site (Enter when there is no other):', [])
  const way = await terminal.ask(
    'How people reach the guardian without this service (a telephone number, a room):',
    line('Somebody who cannot write has to find the guardian too.'),
  )
  const source = `The organisation’s own, entered at setup on ${londonDate(clock.now())}`
  return {
    stamp: 'real',
    organisation,
    ...(odsCode !== '' && { odsCode }),
    intakeGroups,
    sites,
    contacts: firstContacts({ way, source }),
  }
}

async function askList(terminal: Terminal, question: string, before: readonly string[]): Promise<string[]> {
  const listed = [...before]
  for (;;) {
    const next = await terminal.ask(question, (answer) => {
      if (answer === '') return any('')
      if (listed.some((name) => name.toLowerCase() === answer.toLowerCase())) return { wrong: 'This one is on the list already.' }
      return line('')(answer)
    })
    if (next === '') return listed
    listed.push(next)
  }
}

/** One line of plain text that is not empty. */
export function line(emptyWords: string): (answer: string) => Answer<string> {
  const rule = shortText(longestName, emptyWords)
  return (answer) => {
    const read = rule.safeParse(answer)
    return read.success ? { value: read.data } : { wrong: read.error.issues[0]?.message ?? 'This cannot be read.' }
  }
}

/** Organisation Data Service codes have three to six letters and digits. */
function readOdsCode(answer: string): Answer<string> {
  const code = answer.toUpperCase()
  return code === '' || /^[A-Z0-9]{3,6}$/.test(code)
    ? { value: code }
    : { wrong: 'An ODS code has three to six letters and digits, like RX1. Leave it empty where you do not know it.' }
}
