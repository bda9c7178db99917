/** Every route's handler; the compiler holds that none is missing. */
import type { Handlers } from '../handlers.ts'
import { articleSync } from './article-sync.ts'
import { articles } from './articles.ts'
import { attention } from './attention.ts'
import { bulk } from './bulk.ts'
import { catalogues } from './catalogues.ts'
import { connections } from './connections.ts'
import { customers } from './customers.ts'
import { differences } from './differences.ts'
import { handedIn } from './handed-in.ts'
import { images, viewImages } from './images.ts'
import { imports } from './imports.ts'
import { invoices, viewInvoices } from './invoices.ts'
import { mail } from './mail.ts'
import { masters } from './masters.ts'
import { messages } from './messages.ts'
import { orders } from './orders.ts'
import { overview } from './overview.ts'
import { people } from './people.ts'
import { prices } from './prices.ts'
import { privacyRequests } from './privacy-requests.ts'
import { restore } from './restore.ts'
import { runs } from './runs.ts'
import { companies } from './sandbox.ts'
import { search } from './search.ts'
import { shopArticles } from './shop-articles.ts'
import { stock } from './stock.ts'
import { viewChanges } from './view-changes.ts'
import { viewLinks } from './view-links.ts'
import { viewWebhooks } from './view-webhooks.ts'
import { views } from './views.ts'

export const handlers: Handlers = {
  ...people,
  ...companies,
  ...articles,
  ...articleSync,
  ...bulk,
  ...images,
  ...prices,
  ...stock,
  ...orders,
  ...customers,
  ...privacyRequests,
  ...invoices,
  ...connections,
  ...shopArticles,
  ...differences,
  ...messages,
  ...catalogues,
  ...imports,
  ...mail,
  ...masters,
  ...runs,
  ...overview,
  ...attention,
  ...restore,
  ...search,
  ...views,
  ...viewChanges,
  ...viewImages,
  ...viewInvoices,
  ...viewLinks,
  ...handedIn,
  ...viewWebhooks,
}
