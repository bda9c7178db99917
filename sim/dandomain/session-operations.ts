/** Operations about the session and the shop itself: signing in, what a session is told, and what the shop is. */
import { type Call, int, isTrue, type Table, text } from './operation.ts'
import { flag, isField, type Kind, said } from './records.ts'
import { Fault } from './soap.ts'
import { dateText, type Session } from './world.ts'

export const newSession = (): Session => ({
  calls: 0,
  fields: { Product: ['Id'], ProductVariant: ['Id'], Order: ['Id'], OrderLine: ['Id'], User: ['Id'] },
  caseSensitive: false,
  doubled: false,
})

/** One unknown name, and the set stays as it was. */
function setFields(call: Call, kind: Kind): string {
  const names = text(call, 'Fields')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const unknown = names.find((name) => !isField(kind, name))
  if (unknown !== undefined) throw new Fault('NOSUCHPARAM', `${unknown} is not a field`)
  call.session.fields[kind] = names.length === 0 ? ['Id'] : names
  return flag(call.world, true)
}
const chooser = (kind: Kind) => ({ args: [['Fields', 'string']] as const, returns: 'boolean', run: (call: Call) => setFields(call, kind) })

const MODULES = ['blog', 'news', 'multisite', 'filesale', 'seo', 'api']

/** Solution_Connect itself is answered where sessions are kept. */
export const sessionOperations: Table = {
  Solution_Connect: {
    args: [
      ['Username', 'string'],
      ['Password', 'string'],
    ],
    returns: 'boolean',
    run: (call) => flag(call.world, true),
  },
  Solution_GetWebinfo: {
    args: [],
    returns: 'ShopWebinfo',
    run: ({ world }) => ({
      Title: said(world, { doubled: false }, 1, world.solution.title),
      Cvr: world.solution.cvr,
      Url: world.solution.domain,
      SolutionId: world.solution.id,
      ProductPricesWithVat: flag(world, true),
      Date: dateText(world, world.time.ms()),
    }),
  },
  Solution_HasModule: {
    args: [['module', 'string']],
    returns: 'boolean',
    run: (call) => {
      if (!MODULES.includes(text(call, 'module'))) throw new Fault('MODULE', 'No such module')
      return flag(call.world, true)
    },
  },
  Solution_SetCaseSensitiveItemNumber: {
    args: [['Enabled', 'boolean']],
    returns: 'boolean',
    run: (call) => {
      call.session.caseSensitive = isTrue(call, 'Enabled')
      return flag(call.world, true)
    },
  },
  Solution_SetEncoding: {
    args: [['Encoding', 'string']],
    returns: 'boolean',
    run: (call) => {
      call.session.doubled = call.world.knobs.setEncodingDoubles && text(call, 'Encoding').toUpperCase() === 'UTF-8'
      return flag(call.world, true)
    },
  },
  Product_SetFields: chooser('Product'),
  Product_SetVariantFields: chooser('ProductVariant'),
  Order_SetFields: chooser('Order'),
  Order_SetOrderLineFields: chooser('OrderLine'),
  User_SetFields: chooser('User'),
  User_GetById: {
    args: [['UserId', 'int']],
    returns: 'User',
    run: (call) => {
      const user = call.world.users[int(call, 'UserId') - 1]
      return user === undefined ? null : { Id: int(call, 'UserId'), Username: user.username }
    },
  },
}
