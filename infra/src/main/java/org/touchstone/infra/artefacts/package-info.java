/**
 * The deployed artefacts: packages of functions and images of containers, found where the build
 * puts them.
 */
package org.touchstone.infra.artefacts;
