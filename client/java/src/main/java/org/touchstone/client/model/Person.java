package org.touchstone.client.model;

/**
 * A person whose face was tracked. Faces are not compared, so someone who leaves and comes back
 * counts as another person.
 *
 * @param number from 1 on, in the order in which they appear
 * @param start first seen, seconds
 * @param end last seen, seconds
 * @param samples how many faces or clips were scored
 * @param score 0..1
 */
public record Person(Long number, Double start, Double end, Long samples, Double score) {}
