/** Importera artiklar: the file is handed in here; what it would do is seen on the page of the bulk change it becomes. */
import { Button, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keepBulkChange } from '../bulk-queries.ts'
import { download } from '../csv.ts'
import { pieces } from '../format.ts'
import { FileDrop } from '../parts/file-drop.tsx'
import { Icon } from '../parts/icons.tsx'
import { LinkButton } from '../parts/link-button.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { sampleFile } from '../parts/sample-file.ts'
import { Failure } from '../parts/states.tsx'
import { ApiProblem } from '../problem.ts'
import { sendArticles } from '../upload.ts'

const MOST_MB = 20
const MOST_ROWS = 50_000

export function ImportArticles() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [part, setPart] = useState(0)
  const hand = useMutation({
    mutationFn: async (file: File) => {
      setPart(0)
      // Said at once: a server that closes the door on a large file can't always say why.
      if (file.size > MOST_MB * 1024 * 1024)
        throw new ApiProblem({ code: 'too-large', status: 413, words: t('import-file.too-large', { name: file.name, most: MOST_MB }), field: null, facts: {} })
      return sendArticles(file, setPart)
    },
    onSuccess: (made) => {
      keepBulkChange(made)
      void navigate({ to: '/articles/changes/$id', params: { id: String(made.id) }, search: { step: 'columns' } })
    },
  })
  return (
    <div className="narrow">
      <PageHead
        title={t('import-file.title')}
        text={t('import-file.text')}
        back={{ words: t('shell.articles'), link: { to: '/articles' } }}
        actions={
          <LinkButton to="/articles/changes" variant="default">
            {t('bulk-change.earlier')}
          </LinkButton>
        }
      />
      <Stack gap="md">
        <FileDrop
          take={(file) => hand.mutate(file)}
          sending={hand.isPending ? { name: hand.variables.name, part } : null}
          hint={t('import-file.hint', { mb: MOST_MB, rows: pieces(MOST_ROWS) })}
        />
        {hand.error && <Failure error={hand.error} />}
        <ul className="import-facts">
          {(['number', 'empty', 'kept'] as const).map((fact) => (
            <li key={fact} className="fact fact-good">
              <Icon name="check" size={16} />
              {t(`import-file.fact.${fact}`)}
            </li>
          ))}
        </ul>
        <Group gap="sm">
          <Button variant="default" onClick={() => download(t('import-file.sample-name'), sampleFile(t))}>
            {t('import-file.sample')}
          </Button>
          <Text c="dimmed" size="sm">
            {t('import-file.sample-why')}
          </Text>
        </Group>
      </Stack>
    </div>
  )
}
