package org.touchstone.c2pa.asset;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A kind of file in which a manifest store can lie. */
public interface Container {
  /** The name of the part that holds the manifest store, in {@link #parts}. */
  String C2PA_PART = "C2PA";

  /** Largest manifest store that is read. They hold thumbnails, and those of all ingredients. */
  int MAX_STORE_BYTES = 32 << 20;

  /**
   * A manifest store in a file.
   *
   * @param bytes its JUMBF boxes
   * @param span where it lies, with what the container puts around it
   */
  record Store(byte[] bytes, Span span) {}

  /**
   * A part of a file, as box hashes name it.
   *
   * @param name such as {@code APP0} or {@code IDAT}
   */
  record Part(String name, Span span) {}

  /**
   * The manifest store; empty when there is none.
   *
   * @throws org.touchstone.c2pa.jumbf.JumbfException when one is there and cannot be put together
   */
  Optional<Store> store() throws IOException;

  /**
   * All parts of the file in their order.
   *
   * @throws UnsupportedOperationException when box hashes have no names for parts of such files
   */
  List<Part> parts() throws IOException;
}
