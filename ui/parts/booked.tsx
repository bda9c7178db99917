/** What a document came to, said clearly, and the way to the next one. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { change } from '../format.ts'
import { Icon } from './icons.tsx'
import { Pieces } from './pieces.tsx'

interface Props {
  title: string
  text: string
  lines: { articleId: number; number: string; name: string; change: number; onHand: number | null }[]
  again: { words: string; press: () => void }
}

export function Booked({ title, text, lines, again }: Props) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <Alert color="pine" variant="light" icon={<Icon name="check" />} title={title} role="status">
        <Text>{text}</Text>
      </Alert>
      <Paper p={0}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('document.article')}</th>
              <th scope="col" className="number">
                {t('document.change')}
              </th>
              <th scope="col" className="number">
                {t('document.now')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.articleId}>
                <td>
                  <Link to="/articles/$id" params={{ id: String(line.articleId) }} className="row-link">
                    {line.name}
                  </Link>
                  <div className="row-sub mono">{line.number}</div>
                </td>
                <td className="number">{change(line.change)}</td>
                <td className="number strong">
                  <Pieces value={line.onHand} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Paper>
      <Group justify="flex-end">
        <Button size="lg" onClick={again.press} autoFocus data-autofocus>
          {again.words}
        </Button>
      </Group>
    </Stack>
  )
}
