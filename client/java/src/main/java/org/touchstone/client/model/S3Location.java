package org.touchstone.client.model;

/** Where an object lies in S3. */
public record S3Location(String bucket, String key) {}
