package org.touchstone.provenance;

import java.util.List;

/**
 * The tags of an audio or video container and of its streams.
 *
 * @param tags in the file's order
 * @param complete whether all tags were read; false when reading was interrupted or took too long
 */
public record ContainerTags(List<Tag> tags, boolean complete) {

  /** The tags of a file without a container, such as a picture. */
  public static final ContainerTags NONE = new ContainerTags(List.of(), true);

  public ContainerTags {
    tags = List.copyOf(tags);
  }

  /** Name and value of one tag, as ffmpeg names it. */
  public record Tag(String name, String value) {}
}
