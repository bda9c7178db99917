/** Staged uploads and the mutations on pictures, as fields of the schema. */
import { deleteFiles, type FileInput, type MediaDesk, pairMedia, reorderMedia, updateFiles } from './media-writes.ts'
import { type Asked, as, type Resolvers } from './reading.ts'
import { type StagedInput, stageUploads } from './staged.ts'

type Pairs = { productId: string; variantMedia: { variantId: string; mediaIds: string[] }[] }

export const mediaWrites = (desk: MediaDesk): Resolvers => ({
  Mutation: {
    stagedUploadsCreate: (_, args: { input: StagedInput[] }, asked: Asked) => stageUploads(desk.state, asked.now, asked.shop.address(), args.input),
    fileUpdate: (_, args: { files: FileInput[] }) => {
      const { files, userErrors } = updateFiles(desk, args.files)
      return { files: files.map((media) => as('MediaImage', media)), userErrors }
    },
    fileDelete: (_, args: { fileIds: string[] }) => deleteFiles(desk, args.fileIds),
    productReorderMedia: (_, args: { id: string; moves: { id: string; newPosition: string }[] }) => reorderMedia(desk, args.id, args.moves),
    productVariantAppendMedia: (_, args: Pairs) => pairMedia(desk, args.productId, args.variantMedia, 'append'),
    productVariantDetachMedia: (_, args: Pairs) => pairMedia(desk, args.productId, args.variantMedia, 'detach'),
  },
})
