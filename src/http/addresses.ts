import { createHmac } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { londonDate, type Clock, type DateText, type Random } from '../kernel/index.ts'

/**
 * Turns an address into a name that is good for a day: an HMAC under a key that lives in memory only and is thrown away each day. The address
 * itself is never kept, and no name of yesterday can be matched with one of today (P2).
 */
export function createAddressNames(clock: Clock, random: Random): (address: string | undefined) => string {
  let day: DateText | null = null
  let key = random.bytes(32)
  return (address) => {
    const today = londonDate(clock.now())
    if (today !== day) {
      day = today
      key = random.bytes(32)
    }
    return createHmac('sha256', key)
      .update(subscriber(address ?? ''))
      .digest('base64url')
  }
}

/** One IPv6 subscriber holds a whole /64, so that is the party; an IPv4 address in IPv6 clothes is the IPv4 one. */
function subscriber(address: string): string {
  const plain = address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address
  return isIPv6(plain) ? sixtyFour(plain) : plain
}

function sixtyFour(address: string): string {
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').split('::')
  const front = head.split(':').filter(Boolean)
  const back = tail.split(':').filter(Boolean)
  const filled = address.includes('::') ? [...front, ...Array.from({ length: 8 - front.length - back.length }, () => '0'), ...back] : front
  return filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
