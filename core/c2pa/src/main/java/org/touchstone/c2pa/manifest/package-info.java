/** Manifests, claims, assertions and ingredients, and the rules among them. */
package org.touchstone.c2pa.manifest;
