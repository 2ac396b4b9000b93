/** Content credentials of a file, validated and told as a story. */
package org.touchstone.provenance.credentials;
