/** Where one file is dropped, or chosen by button; then how far it has come. */
import { Button, FileButton, Paper, Progress, Text } from '@mantine/core'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from './icons.tsx'

interface Props {
  take(file: File): void
  /** The file on its way, and how much of it has gone, of 1. */
  sending: { name: string; part: number } | null
  hint: string
}

/** Any kind of file can be chosen: a spreadsheet that is greyed out says nothing, the server says how it is saved as CSV. */
export function FileDrop({ take, sending, hint }: Props) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const again = useRef<() => void>(null)
  const first = (files: FileList) => {
    const file = files[0]
    if (file && sending === null) take(file)
  }
  const chosen = (file: File | null) => {
    if (file) take(file)
    // The same file, mended, can be chosen once more.
    again.current?.()
  }
  return (
    <Paper
      className={over ? 'file-drop drop-here' : 'file-drop'}
      onDragOver={(event: DragEvent) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event: DragEvent) => {
        event.preventDefault()
        setOver(false)
        first(event.dataTransfer.files)
      }}
    >
      <span className="empty-icon">
        <Icon name="receipt" size={28} />
      </span>
      {sending === null ? (
        <>
          <Text className="strong">{t('import-file.drop')}</Text>
          <FileButton onChange={chosen} resetRef={again}>
            {(props) => <Button {...props}>{t('import-file.choose')}</Button>}
          </FileButton>
          <Text c="dimmed" size="sm">
            {hint}
          </Text>
        </>
      ) : (
        <div role="status" className="file-drop-sending">
          <Text>{t(sending.part < 1 ? 'import-file.sending' : 'import-file.looking', { name: sending.name })}</Text>
          <Progress mt="xs" value={sending.part * 100} striped={sending.part >= 1} animated={sending.part >= 1} aria-label={sending.name} />
        </div>
      )}
    </Paper>
  )
}
