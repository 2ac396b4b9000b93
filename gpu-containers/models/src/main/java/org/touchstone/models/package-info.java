/** Installed models: their manifests and their store. */
package org.touchstone.models;
