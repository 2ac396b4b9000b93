/** Installed models: their manifests and the store they lie in. */
package org.touchstone.models;
