package org.touchstone.client.model;

/**
 * A label or trace of a generator that a file or a post carries.
 *
 * @param id which one, such as tc260-generated
 * @param meaning what it says
 * @param generator the generator it names; absent when it names none
 * @param where where it stands, such as exif:UserComment
 * @param value what stands there, shortened
 * @param forgeability how hard it is to fake
 */
public record ProvenanceLabel(
    String id,
    LabelMeaning meaning,
    String generator,
    String where,
    String value,
    Forgeability forgeability) {}
