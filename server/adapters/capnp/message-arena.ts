import { ListElementSize, Message, ObjectSize, Pointer, utils } from 'capnp-es';

const WORD_BYTES = 8;

/** Size of the first segment that libcapnp's writers allocate; larger events spill into further segments. */
const DEFAULT_SEGMENT_BYTES = 1024 * WORD_BYTES;

/** What every message of default layout begins as; capnp-es copies it. */
const DEFAULT_FRAME = frameBlankSegment(DEFAULT_SEGMENT_BYTES);

type Segment = Pointer['segment'];

/** A position inside a message: of a pointer, or of the content that a pointer refers to. */
export interface Place {
  readonly segment: Segment;
  /** From the start of the segment, in bytes. */
  readonly offset: number;
}

/** Number of data words and of pointers of one struct. */
export interface StructSize {
  readonly dataWords: number;
  readonly pointers: number;
}

/**
 * Allocates the objects of one message with capnp-es and links them, by far pointers where an object lands in
 * another segment than its pointer.
 */
export class MessageArena {
  readonly #message: Message;
  readonly #segmentBytes: number;
  #current: Segment;

  /** @param segmentBytes A segment takes no further object that would make it longer than this. */
  constructor(segmentBytes: number = DEFAULT_SEGMENT_BYTES) {
    this.#segmentBytes = segmentBytes;
    const isDefault = segmentBytes === DEFAULT_SEGMENT_BYTES;
    this.#message = new Message(isDefault ? DEFAULT_FRAME : frameBlankSegment(segmentBytes), false);
    this.#current = this.#message.getSegment(0);
    this.#current.byteLength = WORD_BYTES; // the whole blank segment is free, but for the root pointer
  }

  /** Where the pointer to the root struct stands. */
  get root(): Place {
    return { segment: this.#message.getSegment(0), offset: 0 };
  }

  /** Allocates a zeroed struct for the pointer at `at`; its data section comes first, its pointers follow. */
  initStruct(at: Place, size: StructSize): Place {
    const objectSize = toObjectSize(size);
    const words = size.dataWords + size.pointers;
    if (words === 0) {
      // A struct of no size is its own content: offset 0 would read as a pointer that is not set.
      utils.setStructPointer(-1, objectSize, new Pointer(at.segment, at.offset));
      return at;
    }
    const content = this.#allocate(at.segment, words * WORD_BYTES);
    const { pointer, offsetWords } = link(content, at);
    utils.setStructPointer(offsetWords, objectSize, pointer);
    return content;
  }

  /** Allocates a zeroed list of `length` elements of `byteLength` bytes together. */
  initList(at: Place, elementSize: ListElementSize, extent: ListExtent): Place {
    const content = this.#allocate(at.segment, extent.byteLength);
    const { pointer, offsetWords } = link(content, at);
    utils.setListPointer(offsetWords, elementSize, extent.length, pointer);
    return content;
  }

  /** Allocates a list of structs; returns the place of the first, the others follow without gaps. */
  initStructList(at: Place, size: StructSize, length: number): Place {
    const objectSize = toObjectSize(size);
    const elementBytes = (size.dataWords + size.pointers) * WORD_BYTES;
    const tag = this.#allocate(at.segment, WORD_BYTES + length * elementBytes);
    const { pointer, offsetWords } = link(tag, at);
    utils.setListPointer(offsetWords, ListElementSize.COMPOSITE, length, pointer, objectSize);
    utils.setStructPointer(length, objectSize, new Pointer(tag.segment, tag.offset));
    return { segment: tag.segment, offset: tag.offset + WORD_BYTES };
  }

  /** Returns the framed, unpacked message; the caller owns it. */
  copyBytes(): Uint8Array {
    return new Uint8Array(this.#message.toArrayBuffer());
  }

  #allocate(near: Segment, byteLength: number): Place {
    const segment = this.#segmentFor(near, byteLength);
    const content = segment.allocate(byteLength);
    return { segment: content.segment, offset: content.byteOffset };
  }

  #segmentFor(near: Segment, byteLength: number): Segment {
    if (this.#fits(near, byteLength)) return near;
    if (!this.#fits(this.#current, byteLength)) this.#current = this.#message.allocateSegment(byteLength);
    return this.#current;
  }

  #fits(segment: Segment, byteLength: number): boolean {
    return segment.hasCapacity(byteLength) && segment.byteLength + byteLength <= this.#segmentBytes;
  }
}

/** How many elements a list has and how many bytes they take together. */
export interface ListExtent {
  readonly length: number;
  readonly byteLength: number;
}

/** An unpacked message of one zeroed segment: the public way to make capnp-es allocate several segments. */
function frameBlankSegment(segmentBytes: number): ArrayBuffer {
  const words = Math.max(1, Math.ceil(segmentBytes / WORD_BYTES));
  const framed = new ArrayBuffer(WORD_BYTES + words * WORD_BYTES);
  new DataView(framed).setUint32(4, words, true);
  return framed;
}

function link(content: Place, at: Place): ReturnType<typeof utils.initPointer> {
  return utils.initPointer(content.segment, content.offset, new Pointer(at.segment, at.offset));
}

function toObjectSize(size: StructSize): ObjectSize {
  return new ObjectSize(size.dataWords * WORD_BYTES, size.pointers);
}
