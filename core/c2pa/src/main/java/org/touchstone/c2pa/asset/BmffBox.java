package org.touchstone.c2pa.asset;

/**
 * A box of a file of boxes (ISO 14496-12).
 *
 * @param type its four characters
 * @param span all of it
 * @param header length of its header, 8 or 16 bytes
 */
public record BmffBox(String type, Span span, int header) {}
