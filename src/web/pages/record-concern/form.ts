import type { Typed } from '../../staff/typed.ts'
import { datePartsOf, dateFields, dateTyped, typedFrom } from '../../staff/typed.ts'
import { unlessEmpty } from '../actions/action-form.ts'

/** The fields that both ways of recording share. */
export const sharedNames = [
  'channel',
  ...datePartsOf('receivedOn'),
  'backDatedReason',
  'text',
  'openness',
  'name',
  'contact',
  'elements',
  'site',
  'happened',
  'immediateDanger',
  'treatedBadly',
  'professionalGroup',
  'about',
  'intakeGroup',
  'wantsCode',
] as const

export const recordNames = [...sharedNames, 'people', 'recipient', 'deputyMayRead', 'standby'] as const

/** What the boxes start with: received today, one person, a code. Nothing that only the person can say. */
export function startOf(today: string, more: Readonly<Record<string, string>> = {}): Typed {
  return typedFrom({
    ...dateFields('receivedOn', today),
    people: '1',
    wantsCode: 'yes',
    recipient: 'guardians',
    deputyMayRead: 'yes',
    standby: 'no',
    ...more,
  })
}

/**
 * The boxes as the input's fields, not yet judged. One box takes words and e-mails alike: it is an e-mail, to be cut, where that is how it came
 * and `isCut` does not say that the read-back has been past.
 */
export function readShared(typed: Typed, isCut: boolean): Readonly<Record<string, unknown>> {
  const given = (name: string) => unlessEmpty(typed.one(name))
  const identity = { name: given('name'), contact: given('contact') }
  const text =
    typed.one('channel') === 'email' && !isCut && given('text') !== undefined
      ? { email: typed.one('text') }
      : { narrative: typed.one('text') }
  return {
    ...text,
    channel: typed.one('channel'),
    receivedOn: dateTyped(typed, 'receivedOn'),
    backDatedReason: given('backDatedReason'),
    openness: typed.one('openness'),
    ...(identity.name === undefined && identity.contact === undefined ? {} : { identity }),
    elements: typed.many('elements').filter((code) => !isLocal(code)),
    ...(typed.many('elements').some(isLocal) && { categories: typed.many('elements').filter(isLocal) }),
    site: given('site'),
    happened: given('happened'),
    immediateDanger: given('immediateDanger'),
    treatedBadly: given('treatedBadly'),
    professionalGroup: given('professionalGroup'),
    about: linesIn(typed.one('about')),
    intakeGroup: given('intakeGroup'),
    wantsCode: yesOrOther(typed.one('wantsCode')),
  }
}

export function readRecording(typed: Typed, isCut: boolean): Readonly<Record<string, unknown>> {
  return {
    ...readShared(typed, isCut),
    people: /^\d{1,4}$/.test(typed.one('people').trim()) ? Number(typed.one('people')) : typed.one('people'),
    recipient: typed.one('recipient'),
    deputyMayRead: yesOrOther(typed.one('deputyMayRead')),
    standby: yesOrOther(typed.one('standby') || 'no'),
  }
}

function linesIn(text: string): readonly string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** No default stands in for an answer that was taken away. */
const yesOrOther = (text: string): boolean | string => (text === 'yes' ? true : text === 'no' ? false : text)

/** A category of the organisation's own. Whether it knows one of that code, recording says. */
const isLocal = (code: string): boolean => code.startsWith('c-')

/** JSON Pointer → control, where it is not the pointer's own path. */
export const controls: Readonly<Record<string, string>> = {
  '/narrative': 'text',
  '/email': 'text',
  '/receivedOn': 'receivedOn-day',
  '/identity': 'name',
  '/categories': 'elements',
  '/identity/name': 'name',
  '/identity/contact': 'contact',
}
