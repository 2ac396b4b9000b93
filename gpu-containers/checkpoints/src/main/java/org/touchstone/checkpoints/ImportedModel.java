package org.touchstone.checkpoints;

import java.nio.file.Path;

/**
 * A model in the store.
 *
 * @param name the detector's name
 * @param version told by the content: the same checkpoint and precision give the same version
 * @param folder where its files are
 * @param bytes size of its weights
 */
public record ImportedModel(String name, String version, Path folder, long bytes) {}
