import type { Reader, VisitorContext } from '../../../concerns/index.ts'
import { Refusal, type IntakeGroupId } from '../../../kernel/index.ts'
import type { ReporterDeps, SpeakUpContact } from '../../reporter/deps.ts'
import { readerInWords } from '../readers/view.ts'
import { words as readerWords } from '../readers/words.en.ts'
import { qrCodeOf, type QrCode } from './qr-code.ts'

export type PaperDeps = Pick<ReporterDeps, 'concerns' | 'settings' | 'texts' | 'clock'> & {
  /** Where people reach this service, like `https://staff-form.example.nhs.uk`. */
  readonly publicOrigin: string
}

/** What every printed page is made of, as it stands now. */
export interface Paper {
  /** As somebody types it: without the scheme, which every browser adds. */
  readonly address: string
  /** True where the address takes more than a line in large type. */
  readonly longAddress: boolean
  readonly qr: QrCode
  /** Guardians, and where none is left those who read in their place: "Grace Okafor, guardian". */
  readonly readers: readonly string[]
  readonly names: readonly string[]
  readonly contacts: readonly SpeakUpContact[]
  /** False where nobody could read a concern now: the paper should wait. */
  readonly open: boolean
}

export async function paperOf(deps: PaperDeps, ctx: VisitorContext): Promise<Paper> {
  const { contacts, intakeGroups } = await deps.settings.current()
  const found = await Promise.all(intakeGroups.map(({ id }) => readersOf(deps, ctx, id)))
  const readers = [...new Map(found.flat().map((reader) => [reader.id, reader])).values()]
  const address = deps.publicOrigin.replace(/^https?:\/\//, '')
  return {
    address,
    longAddress: address.length > 28,
    qr: qrCodeOf(`${deps.publicOrigin}/`),
    readers: readers.map((reader) => readerInWords(reader, readerWords)),
    names: readers.map(({ name }) => name),
    contacts,
    open: readers.length > 0,
  }
}

async function readersOf(deps: PaperDeps, ctx: VisitorContext, intakeGroup: IntakeGroupId): Promise<readonly Reader[]> {
  try {
    return await deps.concerns.listReaders(ctx, { intakeGroup })
  } catch (error) {
    if (error instanceof Refusal && ['intake_closed', 'no_reader_left'].includes(error.code)) return []
    throw error
  }
}
