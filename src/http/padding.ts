const block = 4096
const open = '<!--'
const close = '-->'

/**
 * The page with a comment at its end that brings it to the next multiple of 4 KiB, in UTF-8 bytes: whoever sees only the size of what a
 * reporter reads learns little about which page it was. Works only while nothing compresses the answer; `no-transform` tells proxies so.
 */
export function padPage(html: string): string {
  const size = Buffer.byteLength(html) + open.length + close.length
  return `${html}${open}${' '.repeat((block - (size % block)) % block)}${close}`
}
