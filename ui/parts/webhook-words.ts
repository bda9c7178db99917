/** Why a webhook's message was not taken, in words. */
import type { TFunction } from 'i18next'

const SILENT = ['timeout', 'refused-address', 'too-large', 'name-unknown', 'certificate-wrong'] as const

/** By what was answered, or by what the call died of when nobody answered. */
export function whyNot({ lastStatus: status, lastError }: { lastStatus: number | null; lastError: string | null }, t: TFunction): string {
  if (status === null) return t(`view-webhook.why.${SILENT.find((each) => each === lastError) ?? 'unreachable'}`)
  if (status === 410) return t('view-webhook.why.gone')
  return t(status >= 300 && status < 400 ? 'view-webhook.why.moved' : 'view-webhook.why.answered', { status })
}
