package org.touchstone.client.model;

/**
 * Media of one kind that are free.
 *
 * @param reason why
 * @param media how many media
 */
public record StatementFreeLine(Modality modality, String reason, Long media) {}
