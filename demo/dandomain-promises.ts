/** What is promised with e-conomic and a DanDomain Webshop: the accounts' number reaches the shop less what they haven't counted, and nobody's customer is written to. */
import { askSim, pressIn } from './ask.ts'
import { type DanishGround, disagreementWithErp, erpState, type Figures, figures, shopState } from './dandomain-figures.ts'
import { Broken, holds, type Promised } from './promise.ts'

const VARIANT = '0571527051'
/** Another ware, whose number is the variant's without its zero. */
const WITHOUT_ZERO = '571527051'
const PLAIN = '2004'
const WITH_SIGNS = 'KNAP.5/HORN'
/** Of which e-conomic has five. */
const FIVE = '2002'

export const dandomainPromises: readonly Promised<DanishGround>[] = [
  { words: 'Set up by the two guides, the shop shows e-conomic’s number of every article', keep: isSetUp },
  { words: 'A count in e-conomic is in the webshop, on a product and on a variant', keep: countsArrive },
  { words: 'A leading zero survives: 0571527051 changes, 571527051 doesn’t', keep: zeroSurvives },
  { words: 'The guide’s line in a browser answers Success, and with another code it doesn’t', keep: browserSaysSuccess },
  { words: 'An order of one at five: the shop shows four, also when a call with the old five comes, and still four once it is booked', keep: oldCall },
  { words: 'An order goes over to e-conomic as one igangværende faktura; cancelled it is gone there, and free again on both sides', keep: overAndBack },
  { words: 'A booked invoice’s PDF is on the shop’s order and here, byte for byte as in e-conomic', keep: invoiceArrives },
  { words: 'When nothing is on its way any more, the shop shows e-conomic’s number of every article', keep: inStep },
  { words: 'No customer was mailed', keep: nobodyMailed },
]

const agree = (ground: DanishGround) => holds(ground, () => disagreementWithErp(ground))

async function isSetUp(ground: DanishGround): Promise<void> {
  for (const connectionId of [ground.erpId, ground.connectionId]) {
    const { name, guide } = await ground.api('connections.show', { params: { connectionId } })
    const undone = guide.filter((step) => !step.done).map((step) => step.code)
    if (undone.length > 0) throw new Broken(`steps of the guide for ${name} aren't done: ${undone.join(', ')}`)
  }
  await agree(ground)
}

async function countsArrive(ground: DanishGround): Promise<void> {
  const counts = [
    [PLAIN, 21],
    ['0571527052', 3],
    [WITH_SIGNS, 40],
  ] as const
  for (const [number, inStock] of counts) await count(ground, number, inStock)
  // A number that rises is told once it is sure that no order was missed, five seconds after; patience begins then.
  const patient = { ...ground, patienceMs: 5_000 + ground.patienceMs }
  for (const [number, inStock] of counts) await ground.soon(shows(patient, number, { onHand: inStock, reserved: 0, shop: inStock, erp: inStock }))
}

async function zeroSurvives(ground: DanishGround): Promise<void> {
  const other = await of(ground, WITHOUT_ZERO)
  await count(ground, VARIANT, 2)
  await shows(ground, VARIANT, { onHand: 2, reserved: 0, shop: 2, erp: 2 })
  await shows(ground, WITHOUT_ZERO, other)
  const { items } = await ground.api('masters.called', { params: { connectionId: ground.erpId }, query: { number: VARIANT } })
  if (!items.some((call) => call.after === 2)) throw new Broken(`no call for ${VARIANT} is written down as having changed it to 2`)
}

/** As the guide has people test it: what stands under Url and Sendte data, put together. */
async function browserSaysSuccess(ground: DanishGround): Promise<void> {
  const line = await browserLine(ground, VARIANT)
  const said = await (await fetch(line)).text()
  if (said !== 'Success') throw new Broken(`the browser shows ${said}`)
  const refused = await fetch(line.replace(/password=[^&]+/, 'password=forkert'))
  if (refused.ok || (await refused.text()).includes('Success')) throw new Broken(`another code is answered ${refused.status}`)
}

async function oldCall(ground: DanishGround): Promise<void> {
  const sold: Figures = { onHand: 5, reserved: 1, shop: 4, erp: 5 }
  const order = await buy(ground, FIVE, 1)
  await shows(ground, FIVE, sold)
  const written = (await shopState(ground)).writes.length
  await fetch(await browserLine(ground, FIVE))
  await holds(ground, async () => {
    const { items } = await ground.api('masters.called', { params: { connectionId: ground.erpId }, query: { number: FIVE } })
    return items[0]?.doneAt === null || items.length === 0 ? 'the call is not worked off' : null
  })
  await isQuiet(ground)
  await shows(ground, FIVE, sold)
  await book(ground, order)
  await shows(ground, FIVE, { onHand: 4, reserved: 0, shop: 4, erp: 4 })
  const told = (await shopState(ground)).writes.slice(written).filter((each) => each.itemNumber === FIVE && each.value !== 4)
  if (told.length > 0) throw new Broken(`the shop was told ${told.map((each) => each.value).join(', ')} in between`)
}

async function overAndBack(ground: DanishGround): Promise<void> {
  const before = await of(ground, '0571527062')
  const order = await buy(ground, '0571527062', 2)
  await shows(ground, '0571527062', { ...before, reserved: 2, shop: Number(before.shop) - 2 })
  await draftOf(ground, order)
  await pressIn(ground.sim, 'admin/status', { order, status: '5' })
  await shows(ground, '0571527062', before)
  await holds(ground, async () => ((await erpState(ground)).documents['draft-invoice'].some((each) => each.other === order) ? 'e-conomic still has its invoice' : null))
}

async function invoiceArrives(ground: DanishGround): Promise<void> {
  const order = await buy(ground, '2003', 1)
  const invoice = await book(ground, order)
  const theirs = Buffer.from(await (await fetch(`${ground.erp}/invoices/booked/${invoice}/pdf?demo=true`)).arrayBuffer())
  if (!theirs.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Broken(`e-conomic gives no PDF of invoice ${invoice}`)
  await ground.soon(
    holds(ground, async () => {
      const { items } = await ground.api('invoices.list', { query: { q: String(invoice) } })
      const ours = items.find((each) => each.pdf === 'there')
      if (ours === undefined) return `the PDF of invoice ${invoice} is not here`
      if (!(await ground.bytes(`/v1/invoices/${ours.id}/pdf`)).equals(theirs)) return 'the PDF here is another than in e-conomic'
      const [upload, second] = (await shopState(ground)).orders.find((each) => String(each.id) === order)?.uploads ?? []
      if (upload === undefined) return `order ${order} has no invoice in the shop`
      if (second !== undefined) return `order ${order} has several invoices in the shop`
      return Buffer.from(upload.file, 'base64').equals(theirs) ? null : 'the PDF in the shop is another than in e-conomic'
    }),
  )
}

async function inStep(ground: DanishGround): Promise<void> {
  await isQuiet(ground)
  await agree(ground)
}

async function nobodyMailed(ground: DanishGround): Promise<void> {
  const { mails } = await shopState(ground)
  if (mails.length > 0) throw new Broken(`${mails.length} mails went to customers: ${mails.map((mail) => mail.why).join(', ')}`)
}

const count = (ground: DanishGround, number: string, inStock: number) => pressIn(ground.erp, 'kontor/optael', { vare: number, antal: String(inStock) })

/** In the webshop; the order's number. */
async function buy(ground: DanishGround, number: string, amount: number): Promise<string> {
  const { id } = await askSim<{ id: number }>(ground.sim, 'shop/placeOrder', { lines: [{ itemNumber: number, amount }] })
  return String(id)
}

/** The igangværende faktura that we make of an order in e-conomic. */
async function draftOf(ground: DanishGround, order: string): Promise<{ number: number }> {
  let number = 0
  await holds(ground, async () => {
    const drafts = (await erpState(ground)).documents['draft-invoice'].filter((each) => each.other === order)
    number = drafts[0]?.number ?? 0
    return drafts.length === 1 ? null : `e-conomic has ${drafts.length} igangværende fakturaer of order ${order}`
  })
  return { number }
}

/** In e-conomic, as its bookkeeper does; the invoice's number. */
async function book(ground: DanishGround, order: string): Promise<number> {
  const draft = await draftOf(ground, order)
  await pressIn(ground.erp, 'kontor/bogfoer', { kladde: String(draft.number) })
  return (await erpState(ground)).documents.booked.find((each) => each.other === order)?.number ?? 0
}

async function browserLine(ground: DanishGround, number: string): Promise<string> {
  const { webhooks } = await erpState(ground)
  const webhook = webhooks.find((each) => each.type === 'Varelager opdateret')
  if (webhook === undefined) throw new Broken('e-conomic has no webhook of the type Varelager opdateret')
  return `${webhook.url}${webhook.postData.replace('[NUMBER]', encodeURIComponent(number))}`
}

async function of(ground: DanishGround, number: string): Promise<Figures> {
  const found = (await figures(ground)).get(number)
  if (found === undefined) throw new Broken(`nothing is known of ${number}`)
  return found
}

/** Until exactly this is so. */
const shows = (ground: DanishGround, number: string, wanted: Figures): Promise<void> =>
  holds(ground, async () => {
    const is = await of(ground, number)
    const words = ({ onHand, reserved, shop, erp }: Figures) => `${erp} in e-conomic, ${onHand} here with ${reserved} reserved, ${shop} in the shop`
    return words(is) === words(wanted) ? null : `${number}: ${words(is)}; it should be ${words(wanted)}`
  })

/** Nothing is on its way in any direction: what is seen next comes from what is done next. */
const isQuiet = (ground: DanishGround): PromiseLike<void> =>
  ground.soon(
    holds({ patienceMs: 2 * ground.patienceMs }, async () => {
      const both = await Promise.all([ground.erpId, ground.connectionId].map((connectionId) => ground.api('connections.show', { params: { connectionId } })))
      const hooks = (await shopState(ground)).hooksWaiting.length + (await erpState(ground)).hooksWaiting.length
      const waiting = both.reduce((sum, each) => sum + each.waiting + each.queue.inboxWaiting, hooks)
      return waiting === 0 ? null : `${waiting} numbers and messages are still on their way`
    }),
  )
