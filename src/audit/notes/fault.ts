export const formatFaultCodes = [
  'too_large',
  'not_utf8',
  'control_character',
  'malformed_note',
  'too_many_signatures',
  'wrong_signature',
  'no_trusted_signature',
  'ambiguous_key',
  'malformed_key',
  'malformed_checkpoint',
  'wrong_origin',
  'malformed_path',
  'malformed_bundle',
  'malformed_proof',
  'malformed_request',
] as const

export type FormatFaultCode = (typeof formatFaultCodes)[number]

/** Something from outside is not what its format says, or is signed by nobody who is trusted. Says which, and nothing that was in it. */
export class FormatFault extends Error {
  readonly code: FormatFaultCode

  constructor(code: FormatFaultCode) {
    super(code)
    this.name = 'FormatFault'
    this.code = code
  }
}
