/** npm run demo: the product with two ready-made Nordic shops, for a person until Ctrl-C or, with --once, without one. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { ConfigWrong, readConfig } from '../src/config.ts'
import { CannotStart } from '../src/db/embedded-folder.ts'
import { jsonLog } from '../src/kit/log.ts'
import { askSim } from './ask.ts'
import { catalogue } from './catalogue.ts'
import type { Connected } from './demo-shop.ts'
import { FlagWrong, HELP, readFlags } from './flags.ts'
import { demoConfig, freePort, type House, openHouse } from './house.ts'
import type { CatalogueCode } from './norwegian-company.ts'
import { once } from './once.ts'
import { SHOPS, type ShopCode, type SignIn, type SystemCode } from './shops.ts'

const say = (words: string) => void process.stdout.write(`${words}\n`)

const stopAsked = new Promise<'asked'>((done) => {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => done('asked'))
})

async function rehearsal(flags: ReturnType<typeof readFlags>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'lagerbro-demo-'))
  try {
    return await once({ flags, folder, config: demoConfig(readConfig(), folder, await freePort()), say, stopped: stopAsked })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function forAPerson(): Promise<number> {
  const base = readConfig()
  const folder = join(base.dataDir, 'demo')
  const port = await freePort(base.port)
  if (base.port !== 0 && port !== base.port) say(`Port ${base.port} är upptagen, tar ${port}. / Port ${base.port} is taken, using ${port}.`)
  say('Butikerna öppnas ... / Opening the shops ...')
  const house = await openHouse(demoConfig(base, folder, port), folder, jsonLog('error'), say)
  try {
    say(welcome(house, relative(process.cwd(), folder) || folder))
    const terminal = ordersByEnter(house.shop?.shops ?? {})
    const why = await Promise.race([stopAsked, house.product.broken.then(() => 'broken' as const)])
    terminal.close()
    say(why === 'broken' ? 'Databasen avslutades av sig själv. / The database ended by itself.' : '\nStänger ... / Closing ...')
    return why === 'broken' ? 1 : 0
  } finally {
    await house.close()
  }
}

function welcome({ product, shop, danish, norwegian, isNew }: House, folder: string): string {
  const order = `curl -X POST ${shop?.shops.shopify?.sim}/_sim/shop/placeOrder -H 'content-type: application/json' -d '{"lines":[{"sku":"2005","quantity":1}]}'`
  const open = 'Ull & Lin, Uld & Linned och Garn & Gull är öppna'
  return [
    '',
    isNew
      ? `  ${open}. / Ull & Lin, Uld & Linned and Garn & Gull are open.`
      : `  ${open} igen, som du lämnade dem. / Ull & Lin, Uld & Linned and Garn & Gull are open again, as you left them.`,
    '',
    `  Adress    / Address    ${product.address}`,
    '',
    '  Ull & Lin, på svenska / in Swedish: Shopify, Abicart',
    ...signIn(shop),
    ...pretend(PRETEND, shop?.shops),
    '',
    '  Uld & Linned, på danska / in Danish: e-conomic -> DanDomain Webshop',
    ...signIn(danish),
    ...pretend(PRETEND, danish?.shops),
    '    Ændr et antal i e-conomic, og se det i webshoppen. / Change a number in e-conomic and see it in the webshop.',
    '',
    '  Garn & Gull, på norsk / in Norwegian: products, prices and pictures -> Shopify',
    ...signIn(norwegian),
    ...pretend(PRETEND, norwegian?.shops),
    '    Endre en pris eller et bilde i Lagerbro, og se det i nettbutikken. / Change a price or a picture in Lagerbro and see it in the webshop.',
    '',
    process.stdin.isTTY
      ? '  Tryck Enter så lägger en kund en webborder hos Ull & Lin. / Press Enter and a customer of Ull & Lin places a web order.'
      : `  En kund lägger en webborder: / A customer places a web order:\n    ${order}`,
    '',
    `  Ctrl-C avslutar. Allt sparas i ${folder}; ta bort mappen för att börja om.`,
    `  Ctrl-C ends it. All is kept in ${folder}; delete that folder to begin afresh.`,
    '',
  ].join('\n')
}

const signIn = (who: SignIn | null): string[] => [`    E-post    / E-mail     ${who?.email}`, `    Lösenord  / Password   ${who?.password}`]
/** Where a person looks at each pretend system. */
const pretend = (where: Record<string, (sim: string) => string>, systems: Partial<Record<string, { sim: string }>> = {}): string[] =>
  Object.entries(systems).map(([code, system]) => `    ${where[code]?.(system?.sim ?? '')}`)
const PRETEND: Record<ShopCode | SystemCode | CatalogueCode, (sim: string) => string> = {
  shopify: (sim) => `Låtsas-Shopify / Pretend Shopify   ${sim}/_sim/state`,
  catalogue: (sim) => `Shopify til øvelse / Pretend Shopify   ${sim}/_sim/state`,
  abicart: (sim) => `Låtsas-Abicart / Pretend Abicart   ${sim}/`,
  economic: (sim) => `e-conomic til øvelse / Pretend e-conomic   ${sim}/`,
  dandomain: (sim) => `DanDomain til øvelse / Pretend DanDomain   ${sim}/`,
}
const LINE: Record<ShopCode, (number: string) => object> = { shopify: (sku) => ({ sku, quantity: 1 }), abicart: (articleNumber) => ({ articleNumber, quantity: 1 }) }

/** Each Enter is one piece of something, in one webshop after the other. */
function ordersByEnter(shops: Partial<Record<ShopCode, Connected>>): { close(): void } {
  if (!process.stdin.isTTY) return { close() {} }
  const wares = catalogue().flatMap((product) => product.wares.filter((ware) => ware.online))
  const terminal = createInterface({ input: process.stdin })
  let turn = 0
  terminal.on('line', () => {
    const ware = wares[Math.floor(Math.random() * wares.length)]
    const code = SHOPS[turn++ % SHOPS.length]
    const shop = code === undefined ? undefined : shops[code]
    if (ware === undefined || code === undefined || shop === undefined) return
    askSim<{ name?: string; orderNumber?: string }>(shop.sim, 'shop/placeOrder', { lines: [LINE[code](ware.number)] }).then(
      ({ name, orderNumber }) => say(`  ${code} ${name ?? orderNumber}: 1 × ${ware.name} (${ware.number})`),
      (error: unknown) => say(`  ${String(error)}`),
    )
  })
  return terminal
}

try {
  const flags = readFlags(process.argv.slice(2))
  if (flags.help) say(HELP)
  else process.exitCode = flags.once ? await rehearsal(flags) : await forAPerson()
} catch (error) {
  const isForPeople = error instanceof FlagWrong || error instanceof ConfigWrong || error instanceof CannotStart
  process.stderr.write(`${isForPeople ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
