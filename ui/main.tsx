/** Starts the web app: words first, then the page. */
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './colours.css'
import './app.css'
import './bulk.css'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { schemeNow } from './theme.ts'
import { startWords } from './words.ts'

const place = document.getElementById('app')
if (!place) throw new Error('index.html has no #app')
// Before the first word is drawn, which may have to be fetched.
document.documentElement.dataset.mantineColorScheme = schemeNow()
await startWords()
createRoot(place).render(<App />)
