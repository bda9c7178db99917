/** One numbered step that folds out. */
import { UnstyledButton } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'

interface Props {
  number: number
  title: string
  done: boolean
  open: boolean
  toggle: () => void
  children: ReactNode
}

export function StepFrame({ number, title, done, open, toggle, children }: Props) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <li className={`step${done ? ' step-done' : ''}${open ? ' step-open' : ''}`}>
      <h2 className="step-head">
        <UnstyledButton aria-expanded={open} aria-controls={id} onClick={toggle} className="step-button">
          <span className="step-number" aria-hidden="true">
            {done ? <Icon name="check" size={18} /> : number}
          </span>
          <span className="step-title">
            <span className="hidden">{t('guide.step', { number })} </span>
            {title}
            {done && <span className="hidden"> {t('guide.done')}</span>}
          </span>
          <span className="step-arrow">
            <Icon name="next" size={16} />
          </span>
        </UnstyledButton>
      </h2>
      <div id={id} hidden={!open} className="step-body">
        {open && children}
      </div>
    </li>
  )
}
