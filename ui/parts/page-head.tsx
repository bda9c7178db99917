/** The top of every page: one heading, one plain sentence, and at most a couple of buttons. */
import { Group, Text, Title } from '@mantine/core'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './icons.tsx'

interface Props {
  title: string
  text?: ReactNode
  actions?: ReactNode
  back?: { words: string; link: LinkProps }
}

export function PageHead({ title, text, actions, back }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Lagerbro`
  }, [title])
  // A screen reader hears the new page, and the keyboard starts at its top.
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <header className="page-head">
      {back && (
        <Link {...back.link} className="back">
          <Icon name="back" size={16} /> {back.words}
        </Link>
      )}
      <Group justify="space-between" align="flex-start" gap="md">
        <div className="page-head-words">
          <Title order={1} ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {text && (
            <Text c="dimmed" mt={4} maw={640}>
              {text}
            </Text>
          )}
        </div>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </header>
  )
}
