/** The public API. */
package org.touchstone.infra.api;
