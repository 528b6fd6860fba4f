import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigFault } from './fault.ts'
import { refuseOthers, writeWhole } from './files.ts'

const pinsShape = z.strictObject({
  recoveryKey: z.string(),
  recoverySignKey: z.string().exactOptional(),
  guardians: z.array(z.string()),
  set: z.strictObject({ version: z.int().positive(), digest: z.string() }).nullable(),
})

/**
 * What the service knows of its recipients without asking the database: the organisation's recovery keys (base64), the fingerprints
 * of the guardians who signed first, and the newest recipient set it has seen, so that an older one can't be put back.
 */
export interface Pins {
  readonly recoveryKey: string
  readonly recoverySignKey?: string
  readonly guardians: readonly string[]
  readonly set: { readonly version: number; readonly digest: string } | null
}

export interface PinFile {
  /** The pins, null where none were ever written. Throws `ConfigFault` where the file is open to others or not whole. */
  read(): Pins | null
  write(pins: Pins): void
}

/** `<secretsDir>/pins.json`. Read anew each time: it is small, and the other process may have written it. */
export function openPinFile(secretsDir: string): PinFile {
  const file = join(secretsDir, 'pins.json')
  return {
    read: () => {
      if (!existsSync(file)) return null
      refuseOthers(file)
      const pins = pinsShape.safeParse(parse(readFileSync(file, 'utf8')))
      if (!pins.success) throw new ConfigFault([`${file} is not whole: put it back from the backup of the secrets`])
      return pins.data
    },
    write: (pins) => writeWhole(file, `${JSON.stringify(pins, null, 2)}\n`),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
