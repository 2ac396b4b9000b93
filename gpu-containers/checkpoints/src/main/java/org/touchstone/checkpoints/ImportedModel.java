package org.touchstone.checkpoints;

import java.nio.file.Path;

/**
 * A model in the store.
 *
 * @param name the detector's name
 * @param version {@code number-digest-precision}: later imports have higher numbers
 * @param folder the folder that holds its files
 * @param bytes size of its weights
 */
public record ImportedModel(String name, String version, Path folder, long bytes) {}
