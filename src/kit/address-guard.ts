/** Which addresses a call from this machine may never go to: its own network, and what clouds keep on link-local ones. */
import { BlockList, isIPv4, isIPv6 } from 'node:net'

const refused = new BlockList()
const loopback = new BlockList()
// IANA special-purpose registries, IPv4 and IPv6.
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  refused.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 128],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  refused.addSubnet(net, bits, 'ipv6')
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** True for what must not be called. Text that is no address at all is refused too. */
export function isRefusedAddress(address: string, allowLoopback: boolean): boolean {
  const bare = address.split('%')[0] ?? ''
  if (isIPv4(bare)) return judge(bare, 'ipv4', allowLoopback)
  if (!isIPv6(bare)) return true
  const inner = embeddedIPv4(bare)
  return inner === null ? judge(bare, 'ipv6', allowLoopback) : judge(inner, 'ipv4', allowLoopback)
}

const judge = (address: string, family: 'ipv4' | 'ipv6', allowLoopback: boolean): boolean => (loopback.check(address, family) ? !allowLoopback : refused.check(address, family))

/** The IPv4 address inside ::ffff:a.b.c.d, ::a.b.c.d and 64:ff9b::a.b.c.d, however it is written. */
function embeddedIPv4(address: string): string | null {
  // URL writes every IPv6 address in one canonical form, all in hex groups.
  const text = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const found = /^(?:::ffff:|::ffff:0:|64:ff9b::|::)([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text)
  if (found === null) return null
  const [high, low] = [Number.parseInt(found[1] ?? '', 16), Number.parseInt(found[2] ?? '', 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
